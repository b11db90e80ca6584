package linekeeper.persistence;

import java.util.List;

/// A look at the versions of slots, for what was decided without one.
final class SlotVersions {
    private static final String UNCHANGED =
            """
            SELECT count(*) AS unchanged
            FROM unnest(CAST(:accounts AS text[]), CAST(:calls AS text[]),
                        CAST(:versions AS int[]), CAST(:leases AS bigint[]))
                AS n (account_id, call_id, version, lease)
            CROSS JOIN LATERAL (
                SELECT FROM active_calls s
                WHERE s.account_id = n.account_id AND s.lease = n.lease
                  AND s.call_id = n.call_id AND s.version = n.version
                LIMIT 1) s
            """;

    private SlotVersions() {}

    /// How many of these live calls are as they were remembered.
    static long countUnchanged(Database database, List<Changed> calls) {
        Sql count =
                Sql.of(UNCHANGED)
                        .column("accounts", calls, one -> one.key().account())
                        .column("calls", calls, one -> one.key().call())
                        .column("versions", calls, Changed::version)
                        .column("leases", calls, Changed::lease);
        return database.queryOne(count, row -> row.number("unchanged")).orElseThrow();
    }
}
