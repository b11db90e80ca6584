package linekeeper.persistence;

/// What [CallRows] reads, from wherever a call's state is.
final class CallSelects {
    /// What was asked for: it never changes.
    static final String REQUEST =
            """
            SELECT c.account_id, c.call_id, c.direction, c.phone_number, c.contact_id,
                   c.contact_name, c.agent_id, c.from_number, c.campaign_id, c.driver_id,
                   c.scheduled_at, c.expires_at, c.priority, c.max_attempts,
                   c.attempts_by_campaign, c.user_data, c.created_at,
            """;

    /// One statement, so one snapshot: record, queue entry, slot and end fit together.
    static final String ANY =
            REQUEST
                    + """
                           COALESCE(e.outcome, s.status, 'queued') AS status,
                           COALESCE(s.provider, q.provider, e.provider, c.provider) AS provider,
                           COALESCE(s.attempt, q.attempt, e.attempt) AS attempt,
                           COALESCE(s.deferrals, q.deferrals, 0) AS deferrals,
                           COALESCE(s.last_event, q.last_event, e.last_event) AS last_event,
                           COALESCE(s.execution_id, e.execution_id) AS execution_id,
                           COALESCE(s.conversation_id, e.conversation_id) AS conversation_id,
                           COALESCE(s.answered_at, e.answered_at) AS answered_at,
                           COALESCE(s.answered_by, e.answered_by) AS answered_by,
                           COALESCE(s.duration_seconds, e.duration_seconds) AS duration_seconds,
                           COALESCE(s.cost, e.cost) AS cost,
                           COALESCE(s.recording_url, e.recording_url) AS recording_url,
                           COALESCE(s.line_agent, e.line_agent) AS line_agent,
                           COALESCE(s.line_from, e.line_from) AS line_from,
                           COALESCE(s.line_phone_number_id, e.line_phone_number_id)
                               AS line_phone_number_id,
                           e.outcome, e.error_code, e.error_message, e.started_at, e.ended_at,
                           s.lease, s.reserved_at, s.progress, s.seen_at, s.unknown_since, s.retries,
                           s.cancel_asked_at, s.cancel_answered, s.due_at AS slot_due_at, q.due_at
                    FROM calls c
                    LEFT JOIN active_calls s
                        ON s.account_id = c.account_id AND s.call_id = c.call_id
                    LEFT JOIN call_queue q
                        ON q.account_id = c.account_id AND q.call_id = c.call_id
                    LEFT JOIN call_ends e
                        ON e.account_id = c.account_id AND e.call_id = c.call_id
                    """;

    /// The records `c` of what comes before, in whatever order the planner likes.
    private static final String JOINED =
            "JOIN calls c ON c.account_id = %1$s.account_id AND c.call_id = %1$s.call_id\n";

    /// The same, one by one, in the order of what comes before.
    ///
    /// A record is found by two columns, and the planner takes the second to say nothing of the first: it
    /// believes that next to no call of an account is found, and reads all records of that for it. The limit
    /// keeps it to one look for each.
    private static final String ONE_BY_ONE =
            """
            CROSS JOIN LATERAL (
                SELECT * FROM calls r
                WHERE r.account_id = %1$s.account_id AND r.call_id = %1$s.call_id LIMIT 1) c
            """;

    private static final String SLOTS =
            REQUEST
                    + """
                           s.version, s.status, s.provider, s.attempt, s.deferrals, s.last_event,
                           s.execution_id,
                           s.conversation_id, s.answered_at, s.answered_by, s.duration_seconds,
                           s.cost, s.recording_url, s.line_agent, s.line_from,
                           s.line_phone_number_id, s.lease, s.reserved_at, s.progress, s.seen_at,
                           s.unknown_since, s.retries, s.cancel_asked_at, s.cancel_answered,
                           s.due_at AS slot_due_at
                    FROM active_calls s
                    """;

    private static final String QUEUE =
            REQUEST
                    + """
                           'queued' AS status, q.provider, q.attempt, q.deferrals, q.last_event,
                           CAST(NULL AS text) AS line_agent, CAST(NULL AS text) AS line_from,
                           CAST(NULL AS text) AS line_phone_number_id, q.due_at
                    FROM call_queue q
                    """;

    private static final String ENDED =
            REQUEST
                    + """
                           e.outcome AS status, e.provider, e.attempt, e.last_event, e.execution_id,
                           e.conversation_id, e.answered_at, e.answered_by, e.duration_seconds,
                           e.cost, e.recording_url, e.line_agent, e.line_from,
                           e.line_phone_number_id, e.outcome, e.error_code, e.error_message,
                           e.started_at, e.ended_at
                    """;

    private static final String ENDS = ENDED + "FROM call_ends e\n";

    /// Live calls only, by their slots `s`.
    static final String LIVE = SLOTS + JOINED.formatted("s");

    /// Waiting calls only, by their queue entries `q`.
    static final String WAITING = QUEUE + JOINED.formatted("q");

    /// Calls that are over only, by their ends `e`.
    static final String OVER = ENDS + JOINED.formatted("e");

    static final String LIVE_ONE_BY_ONE = SLOTS + ONE_BY_ONE.formatted("s");
    static final String WAITING_ONE_BY_ONE = QUEUE + ONE_BY_ONE.formatted("q");
    static final String OVER_ONE_BY_ONE = ENDS + ONE_BY_ONE.formatted("e");

    /// Records `c` in an order of their own and their ends `e`, one by one.
    static final String RECORDS_WITH_ENDS =
            """
            FROM calls c
            CROSS JOIN LATERAL (
                SELECT * FROM call_ends r
                WHERE r.account_id = c.account_id AND r.call_id = c.call_id LIMIT 1) e
            """;

    /// Calls that are over only, by their records `c`.
    static final String RECORDS_OVER = ENDED + RECORDS_WITH_ENDS;

    private CallSelects() {}
}
