package linekeeper.persistence;

/// The statements behind [Standings].
///
/// The queue of an account is read once for all its calls that are asked about, not once for each: the
/// waiting calls are counted by lane, and only within a call's own rank does it matter how many of a
/// lane are behind it. A new call has few behind it, however many are before it.
final class StandingSql {
    /// The lanes of each account, and how much of each is due by the time a call is.
    private static final String LANES =
            """
            WITH asked AS MATERIALIZED (
                SELECT c.account_id, c.call_id, c.provider, c.campaign_id, c.priority, c.due_at,
                       c.ticket, GREATEST(c.due_at, CAST(:now AS timestamptz)) AS horizon
                FROM call_queue c
            """
                    + Keys.WHERE
                    + """
                    ), lane AS MATERIALIZED (
                        SELECT h.account_id, h.horizon, q.provider, q.campaign_id, q.priority,
                               count(*) AS waiting,
                               count(*) FILTER (WHERE q.due_at <= h.horizon) AS due,
                               max(q.due_at) FILTER (WHERE q.due_at <= h.horizon) AS latest
                        FROM (SELECT DISTINCT account_id, horizon FROM asked) h
                        JOIN call_queue q ON q.account_id = h.account_id
                        GROUP BY h.account_id, h.horizon, q.provider, q.campaign_id, q.priority
                    ), place AS MATERIALIZED (
                        SELECT a.account_id, a.call_id, sum(l.waiting) AS total,
                               sum(CASE
                                   WHEN (l.campaign_id <> '', -l.priority)
                                        < (a.campaign_id <> '', -a.priority) THEN l.due
                                   WHEN (l.campaign_id <> '', -l.priority)
                                        = (a.campaign_id <> '', -a.priority)
                                       THEN l.due - COALESCE(behind.calls, 0)
                                   ELSE 0 END) AS before
                        FROM asked a
                        JOIN lane l ON l.account_id = a.account_id AND l.horizon = a.horizon
                        LEFT JOIN LATERAL (
                            SELECT count(*) AS calls
                            FROM call_queue q
                            WHERE q.account_id = l.account_id AND q.provider = l.provider
                              AND q.campaign_id = l.campaign_id AND q.priority = l.priority
                              AND (q.due_at, q.ticket) >= (a.due_at, a.ticket)
                              AND q.due_at <= a.horizon) behind
                            ON l.priority = a.priority
                            AND (l.campaign_id <> '') = (a.campaign_id <> '')
                            AND l.latest >= a.due_at
                        GROUP BY a.account_id, a.call_id
                    )
                    """;

    /// Calls whose places are known.
    private static final String GIVEN =
            """
            WITH asked AS MATERIALIZED (
                SELECT * FROM unnest(
                    CAST(:accounts AS text[]), CAST(:calls AS text[]), CAST(:providers AS text[]),
                    CAST(:campaigns AS text[]), CAST(:before AS int[]), CAST(:totals AS int[]))
                    AS n (account_id, call_id, provider, campaign_id, before, total)
            ), place AS (
                SELECT account_id, call_id, before, total FROM asked
            )
            """;

    /// The slots in use: of the accounts that are asked about, each counted once, of the providers that
    /// have a limit, and in all, which may be fewer than is said where they are fewer than the limit.
    private static final String USED =
            """
            , used AS MATERIALIZED (
                SELECT n.account_id, s.campaign_id, s.slots
                FROM %s
                CROSS JOIN LATERAL (
                    SELECT s.campaign_id, count(*) AS slots FROM active_calls s
                    WHERE s.account_id = n.account_id AND s.lease >= n.since
                    GROUP BY s.campaign_id) s
            ), account_used AS MATERIALIZED (
                SELECT account_id, sum(slots) AS slots FROM used GROUP BY account_id
            ), provider_used AS MATERIALIZED (
                SELECT l.provider, (SELECT count(*) FROM active_calls s
                                    WHERE s.provider = l.provider
                                      AND s.lease >= CAST(:oldest_slot AS bigint)) AS slots
                FROM unnest(CAST(:limited AS text[])) AS l (provider)
            ),
            """
                            .formatted(SlotCounts.COUNTED)
                    + SlotCounts.WHOLE
                    + ", "
                    + SlotCounts.SYSTEM.formatted("0");

    private static final String ANSWER =
            """
            SELECT p.account_id, p.call_id, a.provider, p.before, p.total,
                   COALESCE(n.concurrency_limit, CAST(:account_limit AS int)) AS account_limit,
                   COALESCE(nu.slots, 0) AS account_active,
                   m.concurrency_limit AS campaign_limit,
                   COALESCE(mu.slots, 0) AS campaign_active,
                   COALESCE(pu.slots, 0) AS provider_active,
                   pb.paid_until AS provider_paid_until, m.calls_per_second,
                   mb.paid_until AS campaign_paid_until,
                   (SELECT used FROM system) AS system_active
            FROM place p
            JOIN asked a ON a.account_id = p.account_id AND a.call_id = p.call_id
            JOIN accounts n ON n.account_id = p.account_id
            LEFT JOIN campaigns m ON m.account_id = a.account_id AND m.campaign_id = a.campaign_id
            LEFT JOIN account_used nu ON nu.account_id = a.account_id
            LEFT JOIN used mu
                ON mu.account_id = a.account_id AND mu.campaign_id = a.campaign_id
            LEFT JOIN provider_used pu ON pu.provider = a.provider
            LEFT JOIN token_buckets pb ON pb.account_id = '' AND pb.name = a.provider
            LEFT JOIN token_buckets mb
                ON mb.account_id = m.account_id AND mb.name = m.campaign_id
            """;

    static final String OF_WAITING = LANES + USED + ANSWER;
    static final String OF_PLACED = GIVEN + USED + ANSWER;

    private StandingSql() {}
}
