package linekeeper.persistence;

import linekeeper.domain.AccountId;
import linekeeper.domain.person.Lead;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Leads to be merged into what is stored: added up here, one per account and number, and with what is
/// stored by the same rule in SQL ([Lead#mergedWith]).
///
/// They are written in one order on all nodes, so that two that merge the same leads wait instead of
/// deadlocking. Not thread-safe.
final class LeadMerge {
    /// Its parameters are bound by [#bind].
    static final String TEXT =
            """
            INSERT INTO leads AS l (account_id, phone_number, name, calls, completed, last_call_id,
                                    last_status, created_at, updated_at)
            SELECT * FROM unnest(
                CAST(:lead_accounts AS text[]), CAST(:lead_phones AS text[]),
                CAST(:lead_names AS text[]), CAST(:lead_calls AS bigint[]),
                CAST(:lead_completed AS bigint[]), CAST(:lead_last_calls AS text[]),
                CAST(:lead_statuses AS text[]), CAST(:lead_created AS timestamptz[]),
                CAST(:lead_updated AS timestamptz[]))
            ON CONFLICT (account_id, phone_number) DO UPDATE SET
                calls = l.calls + excluded.calls,
                completed = l.completed + excluded.completed,
                created_at = LEAST(l.created_at, excluded.created_at),
                updated_at = GREATEST(l.updated_at, excluded.updated_at),
                name = CASE WHEN later(excluded, l) THEN COALESCE(excluded.name, l.name)
                            ELSE COALESCE(l.name, excluded.name) END,
                last_call_id = CASE WHEN later(excluded, l)
                                    THEN excluded.last_call_id ELSE l.last_call_id END,
                last_status = CASE WHEN later(excluded, l)
                                   THEN excluded.last_status ELSE l.last_status END
            """
                    .replace(
                            "later(excluded, l)",
                            "(excluded.updated_at, excluded.last_call_id)"
                                    + " > (l.updated_at, l.last_call_id)");

    private static final Comparator<Key> ORDER =
            Comparator.comparing(Key::account).thenComparing(Key::phone);

    private final Map<Key, Lead> sums = new TreeMap<>(ORDER);

    void add(AccountId account, Lead lead) {
        sums.merge(new Key(account.value(), lead.phone().value()), lead, Lead::mergedWith);
    }

    /// How many rows it writes.
    int size() {
        return sums.size();
    }

    Sql bind(Sql sql) {
        List<Map.Entry<Key, Lead>> rows = List.copyOf(sums.entrySet());
        return sql.column("lead_accounts", rows, row -> row.getKey().account)
                .column("lead_phones", rows, row -> row.getKey().phone)
                .column("lead_names", rows, row -> row.getValue().name())
                .column("lead_calls", rows, row -> row.getValue().calls())
                .column("lead_completed", rows, row -> row.getValue().completed())
                .column("lead_last_calls", rows, row -> row.getValue().lastCall())
                .column("lead_statuses", rows, row -> row.getValue().lastStatus().wireName())
                .column("lead_created", rows, row -> row.getValue().createdAt())
                .column("lead_updated", rows, row -> row.getValue().updatedAt());
    }

    private record Key(String account, String phone) {}
}
