package linekeeper.persistence;

/// What [CallRows] reads, from wherever a call's state is.
final class CallSelects {
    /// What was asked for: it never changes.
    static final String REQUEST =
            """
            SELECT c.account_id, c.call_id, c.direction, c.phone_number, c.contact_id,
                   c.contact_name, c.agent_id, c.from_number, c.campaign_id, c.driver_id,
                   c.scheduled_at, c.expires_at, c.priority, c.max_attempts,
                   c.attempts_by_campaign, c.user_data, c.created_at, c.outcome, c.error_code,
                   c.error_message, c.started_at, c.ended_at,
            """;

    /// One statement, so one snapshot: record, queue entry and slot fit together.
    static final String ANY =
            REQUEST
                    + """
                           COALESCE(c.outcome, s.status, 'queued') AS status,
                           COALESCE(s.provider, q.provider, c.provider) AS provider,
                           COALESCE(s.attempt, q.attempt, c.attempt) AS attempt,
                           COALESCE(s.deferrals, q.deferrals, 0) AS deferrals,
                           COALESCE(s.last_event, q.last_event, c.last_event) AS last_event,
                           COALESCE(s.execution_id, c.execution_id) AS execution_id,
                           COALESCE(s.conversation_id, c.conversation_id) AS conversation_id,
                           COALESCE(s.answered_at, c.answered_at) AS answered_at,
                           COALESCE(s.answered_by, c.answered_by) AS answered_by,
                           COALESCE(s.duration_seconds, c.duration_seconds) AS duration_seconds,
                           COALESCE(s.cost, c.cost) AS cost,
                           COALESCE(s.recording_url, c.recording_url) AS recording_url,
                           COALESCE(s.line_agent, c.line_agent) AS line_agent,
                           COALESCE(s.line_from, c.line_from) AS line_from,
                           COALESCE(s.line_phone_number_id, c.line_phone_number_id)
                               AS line_phone_number_id,
                           s.lease, s.reserved_at, s.progress, s.seen_at, s.unknown_since, s.retries,
                           s.cancel_asked_at, s.cancel_answered, s.due_at AS slot_due_at, q.due_at
                    FROM calls c
                    LEFT JOIN active_calls s
                        ON s.account_id = c.account_id AND s.call_id = c.call_id
                    LEFT JOIN call_queue q
                        ON q.account_id = c.account_id AND q.call_id = c.call_id
                    """;

    /// Live calls only, by their slots `s`.
    static final String LIVE =
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
                    JOIN calls c ON c.account_id = s.account_id AND c.call_id = s.call_id
                    """;

    /// Waiting calls only, by their queue entries `q`.
    static final String WAITING =
            REQUEST
                    + """
                           'queued' AS status, q.provider, q.attempt, q.deferrals, q.last_event,
                           CAST(NULL AS text) AS line_agent, CAST(NULL AS text) AS line_from,
                           CAST(NULL AS text) AS line_phone_number_id, q.due_at
                    FROM call_queue q
                    JOIN calls c ON c.account_id = q.account_id AND c.call_id = q.call_id
                    """;

    /// Calls that are over; of those that are not, what was asked for, and their status is null.
    static final String OVER =
            REQUEST
                    + """
                           c.outcome AS status, c.provider, c.attempt, c.last_event, c.execution_id,
                           c.conversation_id, c.answered_at, c.answered_by, c.duration_seconds,
                           c.cost, c.recording_url, c.line_agent, c.line_from,
                           c.line_phone_number_id
                    FROM calls c
                    """;

    private CallSelects() {}
}
