package linekeeper.persistence;

/// How slots are counted: the rows of `active_calls`, from where [SlotMarks] says that they begin. Parts of
/// a `WITH`, each computed once, if it is asked for.
final class SlotCounts {
    /// The slots of each account, and the oldest one's lease. A `LATERAL` for each account, because each has
    /// its own beginning. The order makes the planner take the index by account and lease: where it expects
    /// one row, it finds any index of an account's slots as good, and would read the dead ones.
    static final String USED =
            """
            used AS MATERIALIZED (
                SELECT n.account_id, n.since, s.slots, s.oldest
                FROM unnest(CAST(:counted_accounts AS text[]), CAST(:slots_since AS bigint[]))
                    AS n (account_id, since)
                CROSS JOIN LATERAL (
                    SELECT count(*) AS slots, min(o.lease) AS oldest
                    FROM (SELECT s.lease FROM active_calls s
                          WHERE s.account_id = n.account_id AND s.lease >= n.since
                          ORDER BY s.account_id, s.lease OFFSET 0) o) s
            )
            """;

    /// All slots, and how many there are at the most, which costs nothing to know.
    static final String WHOLE =
            """
            whole AS MATERIALIZED (
                SELECT count(*) AS slots, min(lease) AS oldest, max(lease) AS newest
                FROM active_calls WHERE lease >= CAST(:oldest_slot AS bigint)
            ), bound AS MATERIALIZED (
                SELECT CAST(:slots_then AS bigint) + last_value - CAST(:newest_then AS bigint) AS slots
                FROM slot_lease
            )
            """;

    /// How many slots of the system's are free, at least: all are counted only if it might be fewer than
    /// are wanted. Placeholder: how many are wanted.
    static final String SYSTEM =
            """
            system AS MATERIALIZED (
                SELECT CAST(:system_limit AS int)
                           - CASE WHEN counted THEN (SELECT slots FROM whole) ELSE slots END AS unused,
                       CASE WHEN counted THEN (SELECT slots FROM whole) END AS whole_slots,
                       CASE WHEN counted THEN (SELECT oldest FROM whole) END AS whole_oldest,
                       CASE WHEN counted THEN (SELECT newest FROM whole) END AS whole_newest
                FROM (SELECT slots, CAST(:system_limit AS int) - slots <= %s AS counted FROM bound) b
            )
            """;

    private SlotCounts() {}
}
