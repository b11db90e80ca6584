package linekeeper.persistence;

import linekeeper.domain.CallKey;

import java.util.List;

/// Names a set of calls in a statement whose calls are `c`.
final class Keys {
    static final String WHERE = where("c");

    /// With the calls named otherwise.
    static String where(String calls) {
        return """
        WHERE (%1$s.account_id, %1$s.call_id) IN (
            SELECT * FROM unnest(CAST(:key_accounts AS text[]), CAST(:key_calls AS text[])))
        """
                .formatted(calls);
    }

    private Keys() {}

    static Sql bind(Sql sql, List<CallKey> keys) {
        return sql.column("key_accounts", keys, CallKey::account)
                .column("key_calls", keys, CallKey::call);
    }
}
