package linekeeper.persistence;

/// The claim's texts: which calls could get a slot, and the move of the chosen ones from the queue into
/// slots. Between the two, [linekeeper.domain.queue.Places] chooses. The order within a lane is
/// [linekeeper.domain.queue.QueueOrder]'s; a contract suite holds the two together.
///
/// `passed_over` trusts none of that: it looks in the queue itself for a direct call that this very
/// claim could have served in place of a campaign's, and must never find one (D2, D7).
///
/// `MATERIALIZED` is a fence: a `LIMIT` with `SKIP LOCKED` that the planner ran twice would lock other
/// rows the second time.
final class ClaimSql {
    /// How many calls a bucket has tokens for; the formula is [linekeeper.domain.queue.TokenBucket]'s.
    /// Placeholders: the interval in microseconds, the bucket's `paid_until`.
    private static final String TOKENS =
            """
            CASE WHEN %1$s IS NULL THEN 2147483647
                 ELSE CAST(div(
                     GREATEST(1000000, %1$s)
                         - GREATEST(0, 1000000 * COALESCE(
                             EXTRACT(EPOCH FROM %2$s - CAST(:now AS timestamptz)), 0)),
                     %1$s) AS bigint) END
            """;

    /// Read it from top to bottom: how many slots are free for each account, provider and in all, how
    /// many tokens each paced provider has; which lanes each account has, which of them are due, and what is
    /// free for their campaigns; the calls at the head of each of those, locked, as many as could be chosen at
    /// the most. Every lane is told, for [QueueMarks], and every account that has none; what comes with the
    /// columns of a claim is due and in an account that has a slot free.
    static final String CANDIDATES =
            "WITH "
                    + SlotCounts.USED
                    + ", "
                    + QueueSql.FIRST
                    + """
                    , account AS MATERIALIZED (
                        SELECT a.account_id, u.since, u.oldest,
                               COALESCE(a.concurrency_limit, CAST(:account_limit AS int))
                                   - u.slots AS free
                        FROM used u
                        JOIN accounts a ON a.account_id = u.account_id
                    ),
                    """
                    + SlotCounts.WHOLE
                    + ", "
                    + SlotCounts.SYSTEM.formatted(
                            """
                            (SELECT LEAST(CAST(:most AS bigint), sum(GREATEST(free, 0)))
                             FROM account)
                            """)
                    + """
                    , provider AS MATERIALIZED (
                        SELECT p.provider, b.paid_until,
                               LEAST(p.most - (SELECT count(*) FROM active_calls s
                                               WHERE s.provider = p.provider
                                                 AND s.lease >= CAST(:oldest_slot AS bigint)), p.room,
                    """
                    + TOKENS.formatted("p.interval", "b.paid_until")
                    + """
                                    ) AS free
                        FROM unnest(CAST(:providers AS text[]), CAST(:provider_limits AS int[]),
                                    CAST(:provider_rooms AS int[]), CAST(:provider_intervals AS bigint[]))
                            AS p (provider, most, room, interval)
                        LEFT JOIN token_buckets b ON b.account_id = '' AND b.name = p.provider
                    ), lane AS MATERIALIZED (
                        SELECT a.account_id, l.provider, l.campaign_id, l.priority, l.due_at, l.ticket,
                               a.free AS account_free,
                               LEAST(CASE WHEN c.concurrency_limit IS NULL THEN 2147483647
                                          ELSE c.concurrency_limit
                                              - (SELECT count(*) FROM active_calls s
                                                 WHERE s.account_id = a.account_id
                                                   AND s.lease >= a.since
                                                   AND s.campaign_id = l.campaign_id) END,
                    """
                    + TOKENS.formatted("pace.interval", "b.paid_until")
                    + """
                               ) AS campaign_free,
                               COALESCE(p.free, 2147483647) AS provider_free,
                               c.calls_per_second, b.paid_until AS campaign_paid_until,
                               p.paid_until AS provider_paid_until
                        FROM account a
                        JOIN first l ON l.account_id = a.account_id AND l.due_at <= :now
                        LEFT JOIN campaigns c
                            ON c.account_id = a.account_id AND c.campaign_id = l.campaign_id
                        LEFT JOIN token_buckets b
                            ON b.account_id = c.account_id AND b.name = c.campaign_id
                        CROSS JOIN LATERAL (SELECT ceil(1000000 / c.calls_per_second) AS interval) pace
                        LEFT JOIN provider p ON p.provider = l.provider
                        WHERE a.free > 0
                    ), head AS MATERIALIZED (
                        SELECT l.account_id, l.provider, l.campaign_id, l.priority, q.call_id, q.due_at,
                               q.ticket, q.found_at
                        FROM lane l
                        CROSS JOIN LATERAL (
                            SELECT q.call_id, q.due_at, q.ticket, q.ctid AS found_at
                            FROM call_queue q
                            WHERE q.account_id = l.account_id AND q.provider = l.provider
                              AND q.campaign_id = l.campaign_id AND q.priority = l.priority
                              AND (q.due_at, q.ticket) >= (l.due_at, l.ticket)
                              AND q.due_at <= :now
                              AND (q.expires_at IS NULL OR q.expires_at > :now)
                            ORDER BY q.due_at, q.ticket
                            LIMIT GREATEST(0, LEAST(l.account_free, l.campaign_free, l.provider_free,
                                                    CAST(:system_limit AS int)
                                                        - (SELECT used FROM system),
                                                    CAST(:most AS bigint)))
                            FOR UPDATE OF q SKIP LOCKED) q
                    )
                    SELECT a.account_id, a.oldest AS account_oldest, f.provider, f.campaign_id, f.priority,
                           f.due_at AS first_due, f.ticket AS first_ticket, l.account_free, l.campaign_free, l.provider_free,
                           l.calls_per_second, l.campaign_paid_until, l.provider_paid_until,
                           h.call_id, h.due_at, h.ticket, CAST(h.found_at AS text) AS found_at,
                           s.used AS system_used, whole_slots, whole_oldest, whole_newest,
                           entered_before
                    FROM account a
                    CROSS JOIN system s
                    CROSS JOIN seen
                    LEFT JOIN first f ON f.account_id = a.account_id
                    LEFT JOIN lane l
                        ON l.account_id = f.account_id AND l.provider = f.provider
                        AND l.campaign_id = f.campaign_id AND l.priority = f.priority
                    LEFT JOIN head h
                        ON h.account_id = l.account_id AND h.provider = l.provider
                        AND h.campaign_id = l.campaign_id AND h.priority = l.priority
                    """;

    /// The chosen calls get their leases in the order in which they were chosen, and with them their
    /// lines: of the agent, or the stand-in, that the call's provider has; the pool's numbers take turns
    /// with the leases, as [linekeeper.domain.agent.Agent] says; empty if the agent is by no such
    /// provider any more ([linekeeper.domain.call.Line#NONE]).
    ///
    /// The chosen are deleted by where they were found, and locked: where the planner expects next to no waiting
    /// calls, any index that has the account is as good to it as the key, with all that is dead in the account.
    static final String TAKE =
            """
            WITH chosen AS MATERIALIZED (
                SELECT n.account_id, n.call_id, n.found_at, n.place, nextval('slot_lease') AS lease
                FROM unnest(CAST(:chosen_accounts AS text[]), CAST(:chosen_calls AS text[]),
                            CAST(CAST(:found_at AS text[]) AS tid[]))
                    WITH ORDINALITY AS n (account_id, call_id, found_at, place)
            ), taken AS (
                DELETE FROM call_queue q USING chosen n
                WHERE q.ctid = n.found_at
                RETURNING q.account_id, q.call_id, q.provider, q.campaign_id, q.due_at, q.attempt,
                          q.deferrals, q.last_event + 1 AS last_event, n.place, n.lease
            ), passed_over AS MATERIALIZED (
                SELECT n.account_id, n.call_id AS by_call, d.call_id
                FROM (SELECT account_id, provider, min(call_id) AS call_id
                      FROM taken WHERE campaign_id <> '' GROUP BY account_id, provider) n
                CROSS JOIN LATERAL (
                    SELECT q.call_id
                    FROM call_queue q
                    WHERE q.account_id = n.account_id AND q.provider = n.provider
                      AND q.campaign_id = '' AND q.due_at <= :now
                      AND (q.expires_at IS NULL OR q.expires_at > :now)
                      AND NOT EXISTS (SELECT FROM chosen g
                                      WHERE g.account_id = q.account_id
                                        AND g.call_id = q.call_id)
                    LIMIT 1
                    FOR UPDATE OF q SKIP LOCKED) d
            ), routed AS MATERIALIZED (
                SELECT t.account_id, t.call_id, t.provider, t.due_at, t.attempt, t.deferrals,
                       t.last_event, t.place, t.lease,
                       COALESCE(g.provider_agent_id,
                                (SELECT '' FROM agents a WHERE a.account_id = c.account_id
                                 AND a.agent_id = COALESCE(c.agent_id, m.agent_id)),
                                c.agent_id, m.agent_id) AS line_agent,
                       COALESCE(c.from_number,
                                g.from_numbers[1 + CAST(t.lease % NULLIF(
                                    cardinality(g.from_numbers), 0) AS int)]) AS line_from,
                       g.phone_number_id AS line_phone_number_id, c.campaign_id, m.retries,
                       m.concurrency_limit AS campaign_limit
                FROM taken t
                JOIN calls c ON c.account_id = t.account_id AND c.call_id = t.call_id
                LEFT JOIN campaigns m
                    ON m.account_id = c.account_id AND m.campaign_id = c.campaign_id
                LEFT JOIN LATERAL (
                    SELECT s.provider_agent_id, s.from_numbers, s.phone_number_id
                    FROM agents a
                    JOIN agents s ON s.account_id = a.account_id
                        AND (s.agent_id = a.agent_id OR s.agent_id = ANY (a.failover))
                    WHERE a.account_id = c.account_id
                      AND a.agent_id = COALESCE(c.agent_id, m.agent_id)
                      AND s.provider = t.provider
                    ORDER BY s.agent_id <> a.agent_id, array_position(a.failover, s.agent_id)
                    LIMIT 1) g ON true
            ), slot AS (
                INSERT INTO active_calls (account_id, call_id, lease, attempt, deferrals, last_event,
                                          provider, campaign_id, reserved_at, due_at, account_limit,
                                          campaign_limit, provider_limit, system_limit, retries,
                                          reserved_event, line_agent, line_from,
                                          line_phone_number_id)
                SELECT r.account_id, r.call_id, r.lease, r.attempt, r.deferrals, r.last_event,
                       r.provider, COALESCE(r.campaign_id, ''), :now, r.due_at,
                       COALESCE(a.concurrency_limit, CAST(:account_limit AS int)),
                       r.campaign_limit, p.most, CAST(:system_limit AS int), r.retries,
                       r.last_event, r.line_agent, r.line_from, r.line_phone_number_id
                FROM routed r
                JOIN accounts a ON a.account_id = r.account_id
                LEFT JOIN unnest(CAST(:providers AS text[]), CAST(:provider_limits AS int[]))
                    AS p (provider, most) ON p.provider = r.provider
            ), paid AS (
                INSERT INTO token_buckets (account_id, name, paid_until)
                SELECT * FROM unnest(CAST(:bucket_accounts AS text[]), CAST(:buckets AS text[]),
                                     CAST(:paid AS timestamptz[]))
                ON CONFLICT (account_id, name) DO UPDATE SET paid_until = excluded.paid_until
            )
            """
                    + CallSelects.REQUEST
                    + """
                           'dialing' AS status, r.provider, r.attempt, r.deferrals, r.last_event,
                           r.line_agent, r.line_from, r.line_phone_number_id, r.lease,
                           CAST(:now AS timestamptz) AS reserved_at, r.due_at AS slot_due_at,
                           r.retries, CAST(NULL AS timestamptz) AS cancel_asked_at,
                           (SELECT d.call_id FROM passed_over d
                            WHERE d.account_id = r.account_id AND d.by_call = r.call_id)
                               AS passed_over
                    FROM routed r
                    JOIN calls c ON c.account_id = r.account_id AND c.call_id = r.call_id
                    ORDER BY r.place
                    """;

    private ClaimSql() {}
}
