package linekeeper.persistence;

/// How slots are counted: the rows of `active_calls`, from where [SlotMarks] says that they begin. Parts of
/// a `WITH`, each computed once, if it is asked for.
final class SlotCounts {
    /// The accounts that are counted, and where.
    static final String COUNTED =
            """
            unnest(CAST(:counted_accounts AS text[]), CAST(:slots_since AS bigint[]))
                AS n (account_id, since)
            """;

    /// The slots of each account, and the oldest one's lease. A `LATERAL` that counts, not a join: the planner
    /// cannot turn it round and read all slots to look for their accounts.
    static final String USED =
            """
            used AS MATERIALIZED (
                SELECT n.account_id, n.since, s.slots, s.oldest
                FROM %s
                CROSS JOIN LATERAL (
                    SELECT count(*) AS slots, min(s.lease) AS oldest FROM active_calls s
                    WHERE s.account_id = n.account_id AND s.lease >= n.since) s
            )
            """
                    .formatted(COUNTED);

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

    /// How many slots of the system's are used, at the most: all are counted only if fewer might be free than
    /// are wanted. Placeholder: how many are wanted.
    static final String SYSTEM =
            """
            system AS MATERIALIZED (
                SELECT CASE WHEN counted THEN (SELECT slots FROM whole) ELSE slots END AS used,
                       CASE WHEN counted THEN (SELECT slots FROM whole) END AS whole_slots,
                       CASE WHEN counted THEN (SELECT oldest FROM whole) END AS whole_oldest,
                       CASE WHEN counted THEN (SELECT newest FROM whole) END AS whole_newest
                FROM (SELECT slots, CAST(:system_limit AS int) - slots <= %s AS counted FROM bound) b
            )
            """;

    private SlotCounts() {}
}
