package linekeeper.persistence;

/// Which accounts a claim is worth its while for; and if there are any, the gate is passed, in the same
/// trip. They are found before it is: slots are counted by a later statement.
final class WaitingSql {
    private static final String PASS =
            "SELECT account_id, pg_advisory_xact_lock(:gate) IS NULL AS passed FROM worthwhile";

    static final String WAITING_AMONG =
            "WITH "
                    + SlotCounts.USED
                    + ", "
                    + QueueSql.FIRST
                    + """
                    , worthwhile AS MATERIALIZED (
                        SELECT a.account_id
                        FROM used u
                        JOIN accounts a ON a.account_id = u.account_id
                        WHERE a.account_id IN (SELECT f.account_id FROM first f)
                          AND COALESCE(a.concurrency_limit, CAST(:account_limit AS int)) > u.slots
                    )
                    """
                    + PASS;

    /// Hops from lane to lane over the whole queue, whose first rows say what is due.
    static final String WAITING =
            """
            WITH RECURSIVE lane AS (
                (SELECT q.account_id, q.provider, q.campaign_id, q.priority, q.due_at
                 FROM call_queue q
                 ORDER BY q.account_id, q.provider, q.campaign_id, q.priority, q.due_at LIMIT 1)
                UNION ALL
                SELECT n.account_id, n.provider, n.campaign_id, n.priority, n.due_at
                FROM lane l CROSS JOIN LATERAL (
                    SELECT q.account_id, q.provider, q.campaign_id, q.priority, q.due_at
                    FROM call_queue q
                    WHERE (q.account_id, q.provider, q.campaign_id, q.priority)
                          > (l.account_id, l.provider, l.campaign_id, l.priority)
                    ORDER BY q.account_id, q.provider, q.campaign_id, q.priority, q.due_at
                    LIMIT 1) n
            ), waiting AS (
                SELECT account_id, min(due_at) AS since
                FROM lane WHERE due_at <= :now GROUP BY account_id
            ), used AS (
                SELECT account_id, count(*) AS slots FROM active_calls
                WHERE lease >= CAST(:oldest_slot AS bigint)
                GROUP BY account_id
            ), worthwhile AS MATERIALIZED (
                SELECT a.account_id
                FROM waiting w
                JOIN accounts a ON a.account_id = w.account_id
                LEFT JOIN used u ON u.account_id = w.account_id
                WHERE COALESCE(a.concurrency_limit, CAST(:account_limit AS int)) > COALESCE(u.slots, 0)
                ORDER BY COALESCE(u.slots, 0), w.since, a.account_id
                LIMIT 1000
            )
            """
                    + PASS;

    private WaitingSql() {}
}
