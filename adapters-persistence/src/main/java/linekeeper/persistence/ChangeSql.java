package linekeeper.persistence;

import linekeeper.domain.call.EndedCall;

import java.util.List;

/// Writes changed calls, set-based: what is kept of their states, timeline, notice and lead in one
/// statement.
///
/// The lines of a live call stay with its slot. When it leaves that, they become one row of `call_events`,
/// that of its reservation first, with what is said of its leaving. A call that has many lines gets rows at
/// once, so that its slot stays small.
///
/// A slot is the one that was looked at if it has that lease and that version: every slot counts its
/// versions from the beginning, also the next one of the same call.
///
/// An execution that a call is bound to is its own for ever, by the key of `executions`; only if another attempt
/// follows is it one of `call_attempts`.
///
/// A call that ends gets a row of `call_ends`, a second of which there cannot be. What a call learns after its
/// end is written into that row; its record is never written again.
///
/// Every change looks its slot up by its lease and takes it where it is found, if it is the call's: a database
/// that was restored draws leases again. Where the planner expects next to no slots, as it does while somebody
/// keeps a transaction open, it would rather read all of them, with all that is dead there, and compare each
/// with every change. Waiting calls it may read all of, so it is told whether any call waited.
///
/// Parts run in the order in which the counts at the end ask for them. Leads come last, for they are what
/// batches of different nodes share: whoever waits for one has all else, and is waited for by nobody. Only the
/// gate comes after them ([HandOver]).
final class ChangeSql {
    private static final String TEXT =
            """
            WITH changed AS MATERIALIZED (
                SELECT * FROM unnest(
                    CAST(:accounts AS text[]), CAST(:calls AS text[]), CAST(:statuses AS text[]),
                    CAST(:attempts AS smallint[]), CAST(:deferrals AS int[]),
                    CAST(:executions AS text[]), CAST(:conversations AS text[]),
                    CAST(:answered AS timestamptz[]), CAST(:answered_by AS text[]),
                    CAST(:durations AS numeric[]), CAST(:costs AS numeric[]),
                    CAST(:recordings AS text[]), CAST(:outcomes AS text[]),
                    CAST(:error_codes AS text[]), CAST(:error_messages AS text[]),
                    CAST(:started AS timestamptz[]), CAST(:ended AS timestamptz[]),
                    CAST(:last_events AS int[]), CAST(:states AS text[]),
                    CAST(:states_before AS text[]), CAST(:progress AS text[]), CAST(:seen AS timestamptz[]),
                    CAST(:unknown AS timestamptz[]), CAST(:due AS timestamptz[]),
                    CAST(:cancel_asked AS timestamptz[]), CAST(:cancel_answered AS boolean[]),
                    CAST(:providers AS text[]), CAST(:line_agents AS text[]),
                    CAST(:line_froms AS text[]), CAST(:line_phone_number_ids AS text[]),
                    CAST(:versions AS int[]), CAST(:leases AS bigint[]), CAST(:moves AS boolean[]),
                    CAST(:lines AS text[]), CAST(:created AS timestamptz[]))
                AS n (account_id, call_id, status, attempt, deferrals, execution_id, conversation_id,
                      answered_at, answered_by, duration_seconds, cost, recording_url, outcome,
                      error_code, error_message, started_at, ended_at, last_event, state,
                      state_before, progress, seen_at, unknown_since, due_at,
                      cancel_asked_at, cancel_answered, provider, line_agent, line_from,
                      line_phone_number_id, version, lease, moves, lines, created_at)
            ), over AS (
                INSERT INTO call_ends (
                    account_id, call_id, created_at, outcome, attempt, provider, execution_id,
                    started_at, ended_at, last_event, conversation_id, answered_at, answered_by,
                    duration_seconds, cost, recording_url, error_code, error_message, line_agent,
                    line_from, line_phone_number_id)
                SELECT account_id, call_id, created_at, outcome, attempt, provider, execution_id,
                    started_at, ended_at, last_event, conversation_id, answered_at, answered_by,
                    duration_seconds, cost, recording_url, error_code, error_message, line_agent,
                    line_from, line_phone_number_id
                FROM changed WHERE state = 'over' AND state_before <> 'over'
                -- One order for all: of two nodes that end the same calls, one waits for the other.
                ORDER BY account_id, call_id
                RETURNING 1
            ), amended AS (
                UPDATE call_ends e SET
                    execution_id = n.execution_id, conversation_id = n.conversation_id,
                    answered_at = n.answered_at, answered_by = n.answered_by,
                    duration_seconds = n.duration_seconds, cost = n.cost,
                    recording_url = n.recording_url, last_event = n.last_event
                FROM changed n
                WHERE e.account_id = n.account_id AND e.call_id = n.call_id
                  AND n.state_before = 'over'
                RETURNING 1
            ), freed AS (
                DELETE FROM active_calls s
                USING changed n
                CROSS JOIN LATERAL (
                    SELECT o.ctid AS found_at FROM active_calls o
                    WHERE o.account_id = n.account_id AND o.lease = n.lease LIMIT 1) f
                WHERE s.ctid = f.found_at AND s.call_id = n.call_id AND s.version = n.version
                  AND n.state_before = 'live' AND n.state <> 'live'
                RETURNING n.account_id, n.call_id, s.reserved_event, s.reserved_at, s.provider,
                          s.attempt, s.lines || n.lines AS lines
            ), held AS (
                UPDATE active_calls s SET
                    version = n.version + 1, status = n.status, last_event = n.last_event,
                    execution_id = n.execution_id, conversation_id = n.conversation_id,
                    answered_at = n.answered_at, answered_by = n.answered_by,
                    duration_seconds = n.duration_seconds, cost = n.cost,
                    recording_url = n.recording_url, progress = n.progress, seen_at = n.seen_at,
                    unknown_since = n.unknown_since,
                    check_after = CASE WHEN NOT n.moves THEN s.check_after END,
                    cancel_asked_at = n.cancel_asked_at, cancel_answered = n.cancel_answered,
                    lines = CASE WHEN n.last_event <= CAST(:most_lines AS int)
                                 THEN s.lines || n.lines ELSE s.lines END
                FROM changed n
                CROSS JOIN LATERAL (
                    SELECT o.ctid AS found_at FROM active_calls o
                    WHERE o.account_id = n.account_id AND o.lease = n.lease LIMIT 1) f
                WHERE s.ctid = f.found_at AND s.call_id = n.call_id AND s.version = n.version
                  AND n.state = 'live'
                RETURNING 1
            ), bound AS (
                INSERT INTO executions (account_id, execution_id, provider, call_id)
                SELECT * FROM unnest(
                    CAST(:bound_accounts AS text[]), CAST(:bound_executions AS text[]),
                    CAST(:bound_providers AS text[]), CAST(:bound_calls AS text[]))
                RETURNING 1
            ), followed AS (
                DELETE FROM executions x
                USING unnest(
                    CAST(:followed_accounts AS text[]), CAST(:followed_executions AS text[]),
                    CAST(:followed_providers AS text[]), CAST(:followed_calls AS text[]))
                    AS n (account_id, execution_id, provider, call_id)
                CROSS JOIN LATERAL (
                    SELECT o.ctid AS found_at FROM executions o
                    WHERE o.account_id = n.account_id AND o.execution_id = n.execution_id
                      AND o.provider = n.provider LIMIT 1) f
                WHERE x.ctid = f.found_at AND x.call_id = n.call_id
                RETURNING 1
            ), withdrawn AS (
                DELETE FROM call_queue q USING changed n
                WHERE q.account_id = n.account_id AND q.call_id = n.call_id
                  AND n.state_before = 'waiting' AND n.state <> 'waiting'
                  AND CAST(:any_waited AS boolean)
                RETURNING 1
            ), waiting_on AS (
                UPDATE call_queue q SET
                    provider = n.provider, due_at = n.due_at, attempt = n.attempt,
                    deferrals = n.deferrals, last_event = n.last_event, entered = DEFAULT
                FROM changed n
                WHERE q.account_id = n.account_id AND q.call_id = n.call_id
                  AND n.state_before = 'waiting' AND n.state = 'waiting'
                  AND CAST(:any_waited AS boolean)
                RETURNING 1
            ), put_back AS (
                INSERT INTO call_queue (account_id, call_id, provider, campaign_id, priority, due_at,
                                        expires_at, attempt, deferrals, last_event, created_at)
                SELECT c.account_id, c.call_id, n.provider, COALESCE(c.campaign_id, ''), c.priority,
                       n.due_at, c.expires_at, n.attempt, n.deferrals, n.last_event, c.created_at
                FROM changed n
                JOIN calls c ON c.account_id = n.account_id AND c.call_id = n.call_id
                WHERE n.state_before = 'live' AND n.state = 'waiting'
                RETURNING 1
            ), notice AS (
                INSERT INTO notices (account_id, call_id, sequence, type, due_at, created_at)
                SELECT n.account_id, n.call_id, n.sequence, n.type, n.at, n.at
                FROM unnest(
                    CAST(:notice_accounts AS text[]), CAST(:notice_calls AS text[]),
                    CAST(:notice_sequences AS int[]), CAST(:notice_types AS text[]),
                    CAST(:notice_times AS timestamptz[]))
                    AS n (account_id, call_id, sequence, type, at)
                WHERE n.type = 'call.ended'
                   OR EXISTS (SELECT FROM webhooks w
                              WHERE w.account_id = n.account_id AND n.type = ANY (w.events))
                RETURNING type
            ), lead AS (
                merge_leads
                RETURNING 1
            ), conversation AS (
                INSERT INTO conversations (account_id, conversation_id, call_id, attempt)
                SELECT account_id, conversation_id, call_id, attempt
                FROM unnest(
                    CAST(:named_accounts AS text[]), CAST(:named_conversations AS text[]),
                    CAST(:named_calls AS text[]), CAST(:named_attempts AS smallint[]))
                    AS n (account_id, conversation_id, call_id, attempt)
                ORDER BY account_id, conversation_id
                ON CONFLICT DO NOTHING
            ), stretch AS (
                INSERT INTO call_events (account_id, call_id, sequence, at, event, detail, lines)
                SELECT account_id, call_id, reserved_event, reserved_at, 'reserved',
                       jsonb_build_object('provider', provider, 'attempt', CAST(attempt AS text)),
                       NULLIF(lines, '')
                FROM freed
                UNION ALL
                SELECT account_id, call_id, CAST(first->>0 AS int), CAST(first->>1 AS timestamptz),
                       first->>2, first->3, NULLIF(rest, '')
                FROM changed
                CROSS JOIN LATERAL (
                    SELECT CAST(split_part(lines, E'\\n', 1) AS jsonb) AS first,
                           substr(lines, strpos(lines, E'\\n') + 1) AS rest) l
                WHERE lines <> ''
                  AND (state_before <> 'live'
                       OR (state = 'live' AND last_event > CAST(:most_lines AS int)))
                RETURNING 1
            )
            SELECT (SELECT count(*) FROM over) AS ends,
                   (SELECT count(*) FROM amended) AS amended,
                   (SELECT count(*) FROM stretch) AS stretches,
                   (SELECT count(*) FROM notice WHERE type = 'call.ended') AS end_notices,
                   (SELECT count(*) FROM held) AS kept_slot,
                   (SELECT count(*) FROM freed) AS left_slot,
                   (SELECT count(*) FROM bound) AS bound,
                   (SELECT count(*) FROM followed) AS followed,
                   (SELECT count(*) FROM put_back) AS entered_queue,
                   (SELECT count(*) FROM waiting_on) AS kept_waiting,
                   (SELECT count(*) FROM withdrawn) AS left_queue,
                   (SELECT count(*) FROM lead) AS leads
            """
                    .replace("merge_leads", LeadMerge.TEXT);

    /// Lines that are kept with a slot at the most; a usual call has five.
    static final int MOST_LINES = 100;

    private ChangeSql() {}

    static void write(Database database, List<Changed> changed, FollowUp followUp) {
        List<EndedCall> dialed = changed.stream().flatMap(Changed::dialedEnd).toList();
        LeadMerge leads = followUp.leads(dialed);
        Sql sql = leads.bind(ChangeColumns.bind(Sql.of(TEXT), changed));
        database.queryOne(sql.with("most_lines", MOST_LINES), ChangeCounts::of)
                .orElseThrow()
                .assertEquals(ChangeCounts.expected(changed, leads));
        followUp.leaveJobs(database, dialed);
        List<EndedCall> attempts =
                changed.stream().flatMap(one -> one.endedAttempts().stream()).toList();
        if (!attempts.isEmpty()) {
            AttemptSql.keep(database, attempts);
        }
    }
}
