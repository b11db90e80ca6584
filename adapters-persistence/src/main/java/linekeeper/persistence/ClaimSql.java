package linekeeper.persistence;

/// The claim's text. Its order is [linekeeper.domain.queue.QueueOrder]: direct before campaign, then
/// priority, due time, ticket; a contract suite holds the two together.
///
/// Read it from top to bottom: how many slots are free for each account; which lanes each account has
/// (a hop through the index from lane to lane, however long they are); the calls at the head of each
/// lane, locked; how many of them fit under the campaign's, the account's, the provider's and the
/// system's limit, one after the other; and the move of those from the queue into slots.
///
/// `passed_over` trusts none of that: it looks in the queue itself for a direct call that this very
/// claim could have served in place of a campaign's, and must never find one (D2, D7).
///
/// `MATERIALIZED` is a fence: a `LIMIT` with `SKIP LOCKED` that the planner ran twice would lock other
/// rows the second time.
final class ClaimSql {
    static final String TEXT =
            """
            WITH account AS MATERIALIZED (
                SELECT a.account_id,
                       COALESCE(a.concurrency_limit, CAST(:account_limit AS int)) AS most,
                       COALESCE(a.concurrency_limit, CAST(:account_limit AS int))
                           - (SELECT count(*) FROM active_calls s
                              WHERE s.account_id = a.account_id) AS free
                FROM accounts a
                WHERE a.account_id = ANY (CAST(:accounts AS text[]))
            ), provider AS MATERIALIZED (
                SELECT p.provider, p.most,
                       LEAST(p.most - (SELECT count(*) FROM active_calls s
                                       WHERE s.provider = p.provider), p.room) AS free
                FROM unnest(CAST(:providers AS text[]), CAST(:provider_limits AS int[]),
                            CAST(:provider_rooms AS int[]))
                    AS p (provider, most, room)
            ), system AS MATERIALIZED (
                SELECT LEAST(CAST(:most AS bigint),
                             CAST(:system_limit AS int) - (SELECT count(*) FROM active_calls)) AS free
            ), lane AS MATERIALIZED (
                SELECT a.account_id, l.provider, l.campaign_id, l.priority,
                       a.free AS account_free, a.most AS account_limit,
                       c.concurrency_limit AS campaign_limit, p.most AS provider_limit,
                       CASE WHEN c.concurrency_limit IS NULL THEN a.free
                            ELSE c.concurrency_limit
                                - (SELECT count(*) FROM active_calls s
                                   WHERE s.account_id = a.account_id
                                     AND s.campaign_id = l.campaign_id) END AS campaign_free,
                       COALESCE(p.free, 2147483647) AS provider_free
                FROM account a
                CROSS JOIN LATERAL (
                    WITH RECURSIVE hop AS (
                        (SELECT q.provider, q.campaign_id, q.priority
                         FROM call_queue q WHERE q.account_id = a.account_id
                         ORDER BY q.provider, q.campaign_id, q.priority LIMIT 1)
                        UNION ALL
                        SELECT n.provider, n.campaign_id, n.priority
                        FROM hop CROSS JOIN LATERAL (
                            SELECT q.provider, q.campaign_id, q.priority
                            FROM call_queue q
                            WHERE q.account_id = a.account_id
                              AND (q.provider, q.campaign_id, q.priority)
                                  > (hop.provider, hop.campaign_id, hop.priority)
                            ORDER BY q.provider, q.campaign_id, q.priority LIMIT 1) n)
                    SELECT * FROM hop) l
                LEFT JOIN campaigns c
                    ON c.account_id = a.account_id AND c.campaign_id = l.campaign_id
                LEFT JOIN provider p ON p.provider = l.provider
                WHERE a.free > 0
            ), head AS MATERIALIZED (
                SELECT l.*, q.call_id, q.due_at, q.ticket
                FROM lane l
                CROSS JOIN LATERAL (
                    SELECT q.call_id, q.due_at, q.ticket
                    FROM call_queue q
                    JOIN calls c ON c.account_id = q.account_id AND c.call_id = q.call_id
                    WHERE q.account_id = l.account_id AND q.provider = l.provider
                      AND q.campaign_id = l.campaign_id AND q.priority = l.priority
                      AND q.due_at <= :now
                      AND (q.expires_at IS NULL OR q.expires_at > :now)
                    ORDER BY q.due_at, q.ticket
                    LIMIT GREATEST(0, LEAST(l.account_free, l.campaign_free, l.provider_free,
                                            (SELECT free FROM system)))
                    FOR UPDATE OF q SKIP LOCKED
                    FOR NO KEY UPDATE OF c SKIP LOCKED) q
            ), in_campaign AS (
                SELECT *, row_number() OVER (
                    PARTITION BY account_id, campaign_id
                    ORDER BY priority DESC, due_at, ticket) AS campaign_rank,
                    row_number() OVER (
                    PARTITION BY account_id, provider
                    ORDER BY campaign_id <> '', priority DESC, due_at, ticket) AS own_provider_rank
                FROM head
            ), in_account AS (
                SELECT *, row_number() OVER (
                    PARTITION BY account_id
                    ORDER BY campaign_id <> '', priority DESC, due_at, ticket) AS account_rank
                FROM in_campaign
                WHERE campaign_rank <= campaign_free AND own_provider_rank <= provider_free
            ), in_provider AS MATERIALIZED (
                SELECT *, row_number() OVER (
                    PARTITION BY provider ORDER BY account_rank, due_at, ticket) AS provider_rank
                FROM in_account WHERE account_rank <= account_free
            ), in_system AS (
                SELECT *, row_number() OVER (
                    ORDER BY account_rank, due_at, ticket) AS system_rank
                FROM in_provider WHERE provider_rank <= provider_free
            ), chosen AS MATERIALIZED (
                SELECT *, nextval('slot_lease') AS lease
                FROM in_system WHERE system_rank <= (SELECT free FROM system)
            ), passed_over AS MATERIALIZED (
                SELECT n.call_id AS by_call, d.call_id
                FROM (SELECT account_id, provider, min(call_id) AS call_id FROM chosen
                      WHERE campaign_id <> '' GROUP BY account_id, provider) n
                CROSS JOIN LATERAL (
                    SELECT q.call_id
                    FROM call_queue q
                    JOIN calls c ON c.account_id = q.account_id AND c.call_id = q.call_id
                    WHERE q.account_id = n.account_id AND q.provider = n.provider
                      AND q.campaign_id = '' AND q.due_at <= :now
                      AND (q.expires_at IS NULL OR q.expires_at > :now)
                      AND NOT EXISTS (SELECT FROM chosen g
                                      WHERE g.account_id = q.account_id
                                        AND g.call_id = q.call_id)
                    LIMIT 1
                    FOR UPDATE OF q SKIP LOCKED
                    FOR NO KEY UPDATE OF c SKIP LOCKED) d
            ), taken AS (
                DELETE FROM call_queue q USING chosen n
                WHERE q.account_id = n.account_id AND q.call_id = n.call_id
                RETURNING n.*
            ), called AS (
                UPDATE calls c SET status = 'dialing', last_event = c.last_event + 1
                FROM taken t
                WHERE c.account_id = t.account_id AND c.call_id = t.call_id
                RETURNING c.*, t.system_rank, t.lease, t.due_at AS slot_due_at, t.account_limit,
                          t.campaign_limit, t.provider_limit
            ), slot AS (
                INSERT INTO active_calls (account_id, call_id, lease, attempt, provider,
                                          campaign_id, reserved_at, due_at, account_limit,
                                          campaign_limit, provider_limit, system_limit)
                SELECT account_id, call_id, lease, attempt, provider, COALESCE(campaign_id, ''),
                       :now, slot_due_at, account_limit, campaign_limit, provider_limit,
                       CAST(:system_limit AS int)
                FROM called
            ), event AS (
                INSERT INTO call_events (account_id, call_id, sequence, at, event, detail)
                SELECT account_id, call_id, last_event, :now, 'reserved',
                       jsonb_build_object('provider', provider,
                                          'attempt', CAST(attempt AS text))
                FROM called
            )
            SELECT c.*, CAST(:now AS timestamptz) AS reserved_at,
                   EXISTS (SELECT FROM in_provider WHERE provider_rank > provider_free)
                       AS crowded_out,
                   (SELECT d.call_id FROM passed_over d WHERE d.by_call = c.call_id) AS passed_over
            FROM called c
            ORDER BY c.system_rank
            """;

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
                SELECT account_id, count(*) AS slots FROM active_calls GROUP BY account_id
            )
            SELECT a.account_id
            FROM waiting w
            JOIN accounts a ON a.account_id = w.account_id
            LEFT JOIN used u ON u.account_id = w.account_id
            WHERE COALESCE(a.concurrency_limit, CAST(:account_limit AS int)) > COALESCE(u.slots, 0)
            ORDER BY COALESCE(u.slots, 0), w.since, a.account_id
            LIMIT 1000
            """;

    private ClaimSql() {}
}
