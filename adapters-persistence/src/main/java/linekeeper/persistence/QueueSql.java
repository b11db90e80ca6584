package linekeeper.persistence;

/// How waiting calls are looked for: lane by lane, from where [QueueMarks] says that they begin. Parts of a
/// `WITH`, each computed once, if it is asked for.
///
/// The `LATERAL`s are limited, grouped or ordered so that the planner cannot turn them round and read the whole
/// queue; it would not know how much of it is dead.
final class QueueSql {
    /// So many calls of an account may have entered since the earlier look; if they are more, it is looked at
    /// anew. They are many while somebody who writes keeps a transaction open.
    private static final int MOST_LATE = 1_000;

    /// The stretches of the lane index that may hold calls: of each remembered lane from its first call on, of
    /// what has entered since from there on. Of the accounts in `unknown` nothing is known.
    ///
    /// Rows of transactions that are yet to come were restored from another database, where these numbers
    /// were further.
    static final String STRETCHES =
            """
            looked AS MATERIALIZED (
                SELECT * FROM unnest(CAST(:queue_accounts AS text[]), CAST(:entered_since AS bigint[]))
                    AS n (account_id, entered_since)
            ), seen AS MATERIALIZED (
                SELECT CAST(CAST(pg_snapshot_xmin(s) AS text) AS bigint) AS entered_before,
                       GREATEST(CAST(CAST(pg_snapshot_xmax(s) AS text) AS bigint),
                                1 + CAST(CAST(pg_current_xact_id_if_assigned() AS text) AS bigint))
                           AS yet_to_come
                FROM pg_current_snapshot() s
            ), late AS MATERIALIZED (
                SELECT a.account_id, q.*
                FROM looked a
                CROSS JOIN LATERAL (
                    SELECT q.provider, q.campaign_id, q.priority, q.due_at, q.ticket
                    FROM call_queue q
                    WHERE q.account_id = a.account_id AND q.entered > 0
                      AND q.entered >= a.entered_since
                      AND q.entered < (SELECT yet_to_come FROM seen)
                    ORDER BY q.entered LIMIT 1 + %1$d) q
            ), unknown AS MATERIALIZED (
                SELECT account_id FROM looked WHERE entered_since IS NULL
                UNION ALL
                SELECT account_id FROM late GROUP BY account_id HAVING count(*) > %1$d
            ), stretch AS MATERIALIZED (
                SELECT DISTINCT ON (account_id, provider, campaign_id, priority) *
                FROM (SELECT * FROM unnest(
                          CAST(:lane_accounts AS text[]), CAST(:lane_providers AS text[]),
                          CAST(:lane_campaigns AS text[]), CAST(:lane_priorities AS smallint[]),
                          CAST(:lane_due AS timestamptz[]), CAST(:lane_tickets AS bigint[]))
                          AS n (account_id, provider, campaign_id, priority, due_at, ticket)
                      UNION ALL
                      SELECT * FROM late) n
                WHERE account_id NOT IN (SELECT account_id FROM unknown)
                ORDER BY account_id, provider, campaign_id, priority, due_at, ticket
            )
            """
                    .formatted(MOST_LATE);

    /// The first call of each lane. Of an account of which nothing is known it hops
    /// through the index from lane to lane, however long they are.
    static final String FIRST =
            STRETCHES
                    + """
                    , first AS MATERIALIZED (
                        SELECT s.account_id, s.provider, s.campaign_id, s.priority, q.due_at, q.ticket
                        FROM stretch s
                        CROSS JOIN LATERAL (
                            SELECT q.due_at, q.ticket
                            FROM call_queue q
                            WHERE q.account_id = s.account_id AND q.provider = s.provider
                              AND q.campaign_id = s.campaign_id AND q.priority = s.priority
                              AND (q.due_at, q.ticket) >= (s.due_at, s.ticket)
                            ORDER BY q.due_at, q.ticket LIMIT 1) q
                        UNION ALL
                        SELECT a.account_id, l.provider, l.campaign_id, l.priority, l.due_at, l.ticket
                        FROM unknown a
                        CROSS JOIN LATERAL (
                            WITH RECURSIVE hop AS (
                                (SELECT q.provider, q.campaign_id, q.priority, q.due_at, q.ticket
                                 FROM call_queue q WHERE q.account_id = a.account_id
                                 ORDER BY q.provider, q.campaign_id, q.priority, q.due_at, q.ticket LIMIT 1)
                                UNION ALL
                                SELECT n.provider, n.campaign_id, n.priority, n.due_at, n.ticket
                                FROM hop CROSS JOIN LATERAL (
                                    SELECT q.provider, q.campaign_id, q.priority, q.due_at, q.ticket
                                    FROM call_queue q
                                    WHERE q.account_id = a.account_id
                                      AND (q.provider, q.campaign_id, q.priority)
                                          > (hop.provider, hop.campaign_id, hop.priority)
                                    ORDER BY q.provider, q.campaign_id, q.priority, q.due_at, q.ticket
                                    LIMIT 1) n)
                            SELECT * FROM hop) l
                    )
                    """;

    private QueueSql() {}
}
