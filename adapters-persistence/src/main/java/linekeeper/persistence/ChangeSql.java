package linekeeper.persistence;

import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.CancelWish;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.Outcome;
import linekeeper.persistence.ChangeBatch.Changed;
import linekeeper.persistence.ChangeBatch.Entry;
import linekeeper.persistence.ChangeBatch.NewNotice;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Writes changed calls, set-based: record, slot, queue entry, timeline and notice in one statement.
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
                    CAST(:last_events AS int[]), CAST(:live AS boolean[]),
                    CAST(:progress AS text[]), CAST(:seen AS timestamptz[]),
                    CAST(:unknown AS timestamptz[]), CAST(:due AS timestamptz[]),
                    CAST(:cancel_asked AS timestamptz[]), CAST(:cancel_answered AS boolean[]),
                    CAST(:providers AS text[]))
                AS n (account_id, call_id, status, attempt, deferrals, execution_id, conversation_id,
                      answered_at, answered_by, duration_seconds, cost, recording_url, outcome,
                      error_code, error_message, started_at, ended_at, last_event, live, progress,
                      seen_at, unknown_since, due_at, cancel_asked_at, cancel_answered, provider)
            ), call AS (
                UPDATE calls c SET
                    status = n.status, attempt = n.attempt, deferrals = n.deferrals,
                    execution_id = n.execution_id, conversation_id = n.conversation_id,
                    answered_at = n.answered_at, answered_by = n.answered_by,
                    duration_seconds = n.duration_seconds, cost = n.cost,
                    recording_url = n.recording_url, outcome = n.outcome,
                    error_code = n.error_code, error_message = n.error_message,
                    started_at = n.started_at, ended_at = n.ended_at, last_event = n.last_event,
                    provider = n.provider,
                    line_agent = CASE WHEN n.due_at IS NULL THEN c.line_agent END,
                    line_from = CASE WHEN n.due_at IS NULL THEN c.line_from END,
                    line_phone_number_id =
                        CASE WHEN n.due_at IS NULL THEN c.line_phone_number_id END
                FROM changed n
                WHERE c.account_id = n.account_id AND c.call_id = n.call_id
                RETURNING c.account_id, c.call_id, c.provider, c.campaign_id, c.priority,
                          c.expires_at
            ), freed AS (
                DELETE FROM active_calls s USING changed n
                WHERE s.account_id = n.account_id AND s.call_id = n.call_id AND NOT n.live
                RETURNING 1
            ), held AS (
                UPDATE active_calls s SET
                    execution_id = n.execution_id,
                    bound_at = CASE WHEN n.execution_id IS NOT NULL
                                    THEN COALESCE(s.bound_at, n.seen_at) END,
                    progress = n.progress, seen_at = n.seen_at,
                    unknown_since = n.unknown_since, check_after = NULL,
                    cancel_asked_at = n.cancel_asked_at, cancel_answered = n.cancel_answered
                FROM changed n
                WHERE s.account_id = n.account_id AND s.call_id = n.call_id AND n.live
                RETURNING 1
            ), withdrawn AS (
                DELETE FROM call_queue q USING changed n
                WHERE q.account_id = n.account_id AND q.call_id = n.call_id AND n.due_at IS NULL
                RETURNING 1
            ), put_back AS (
                INSERT INTO call_queue (account_id, call_id, provider, campaign_id, priority, due_at,
                                        expires_at)
                SELECT c.account_id, c.call_id, c.provider, COALESCE(c.campaign_id, ''), c.priority,
                       n.due_at, c.expires_at
                FROM call c
                JOIN changed n ON n.account_id = c.account_id AND n.call_id = c.call_id
                WHERE n.due_at IS NOT NULL
                ON CONFLICT (account_id, call_id)
                DO UPDATE SET due_at = excluded.due_at, provider = excluded.provider
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
                RETURNING account_id, call_id, type
            ), job AS (
                INSERT INTO jobs (account_id, kind, call_id, due_at, created_at)
                SELECT c.account_id, 'lead', c.call_id, c.ended_at, c.ended_at
                FROM notice n
                JOIN changed c ON c.account_id = n.account_id AND c.call_id = n.call_id
                WHERE n.type = 'call.ended' AND c.execution_id IS NOT NULL
            ), conversation AS (
                INSERT INTO conversations (account_id, conversation_id, call_id, attempt)
                SELECT account_id, conversation_id, call_id, attempt FROM changed
                WHERE conversation_id IS NOT NULL ORDER BY account_id, conversation_id
                ON CONFLICT DO NOTHING
            ), entry AS (
                INSERT INTO call_events (account_id, call_id, sequence, at, event, detail)
                SELECT * FROM unnest(
                    CAST(:event_accounts AS text[]), CAST(:event_calls AS text[]),
                    CAST(:event_sequences AS int[]), CAST(:event_times AS timestamptz[]),
                    CAST(:event_names AS text[]), CAST(:event_details AS jsonb[]))
                RETURNING 1
            )
            SELECT (SELECT count(*) FROM call) AS records,
                   (SELECT count(*) FROM entry) AS entries,
                   (SELECT count(*) FROM notice WHERE type = 'call.ended') AS end_notices,
                   (SELECT count(*) FROM held) AS kept_slot,
                   (SELECT count(*) FROM freed) AS left_slot,
                   (SELECT count(*) FROM put_back) AS entered_queue,
                   (SELECT count(*) FROM withdrawn) AS left_queue
            """;

    private ChangeSql() {}

    static void write(Database database, List<Changed> changed) {
        Sql sql = Sql.of(TEXT);
        bindRecord(sql, changed);
        bindFacts(sql, changed);
        bindSlotAndQueue(sql, changed);
        bindTimeline(sql, changed);
        bindNotices(sql, changed);
        database.queryOne(sql, ChangeCounts::of)
                .orElseThrow()
                .assertEquals(ChangeCounts.expected(changed));
        List<EndedCall> attempts =
                changed.stream().flatMap(one -> one.endedAttempts().stream()).toList();
        if (!attempts.isEmpty()) {
            AttemptSql.keep(database, attempts);
        }
    }

    private static void bindRecord(Sql sql, List<Changed> changed) {
        sql.column("accounts", changed, one -> one.key().account())
                .column("calls", changed, one -> one.key().call())
                .column("statuses", changed, one -> one.call().status().wireName())
                .column("attempts", changed, one -> one.call().attempt())
                .column("deferrals", changed, one -> CallColumns.deferrals(one.call()))
                .column("last_events", changed, Changed::lastEvent)
                .column("outcomes", changed, ended(end -> end.outcome().status().wireName()))
                .column("error_codes", changed, ended(end -> failure(end, Failure::code)))
                .column("error_messages", changed, ended(end -> failure(end, Failure::message)))
                .column("started", changed, ended(end -> end.span().startedAt()))
                .column("ended", changed, ended(end -> end.span().endedAt()));
    }

    private static void bindFacts(Sql sql, List<Changed> changed) {
        sql.column("executions", changed, one -> CallColumns.executionId(one.call()))
                .column(
                        "conversations",
                        changed,
                        one -> CallColumns.facts(one.call()).conversation())
                .column("answered", changed, one -> CallColumns.facts(one.call()).answeredAt())
                .column("answered_by", changed, one -> CallColumns.facts(one.call()).answeredBy())
                .column(
                        "durations",
                        changed,
                        one -> CallColumns.facts(one.call()).durationSeconds())
                .column("costs", changed, one -> CallColumns.facts(one.call()).cost())
                .column("recordings", changed, one -> CallColumns.facts(one.call()).recordingUrl());
    }

    private static void bindSlotAndQueue(Sql sql, List<Changed> changed) {
        sql.column("live", changed, one -> one.call() instanceof LiveCall)
                .column("progress", changed, active(call -> Words.of(call.progress())))
                .column("seen", changed, active(ActiveCall::seenAt))
                .column("unknown", changed, one -> CallColumns.unknownSince(one.call()))
                .column("due", changed, one -> CallColumns.dueAt(one.call()))
                .column("cancel_asked", changed, wish(CancelWish::askedAt))
                .column("cancel_answered", changed, one -> CallColumns.cancelAnswered(one.call()))
                .column("providers", changed, one -> one.call().accepted().provider());
    }

    private static void bindTimeline(Sql sql, List<Changed> changed) {
        List<Line> lines = new ArrayList<>();
        changed.forEach(one -> one.entries().forEach(entry -> lines.add(new Line(one, entry))));
        sql.column("event_accounts", lines, line -> line.call.key().account())
                .column("event_calls", lines, line -> line.call.key().call())
                .column("event_sequences", lines, line -> line.entry.sequence())
                .column("event_times", lines, line -> line.entry.event().at())
                .column("event_names", lines, line -> line.entry.event().name())
                .column("event_details", lines, line -> Details.json(line.entry.event().detail()));
    }

    private record Line(Changed call, Entry entry) {}

    private static void bindNotices(Sql sql, List<Changed> changed) {
        List<Told> told = new ArrayList<>();
        changed.forEach(one -> one.notices().forEach(notice -> told.add(new Told(one, notice))));
        sql.column("notice_accounts", told, one -> one.call.key().account())
                .column("notice_calls", told, one -> one.call.key().call())
                .column("notice_sequences", told, one -> one.notice.announced().sequence())
                .column("notice_types", told, one -> one.notice.announced().type().wireName())
                .column("notice_times", told, one -> one.notice.at());
    }

    private record Told(Changed call, NewNotice notice) {}

    private static Function<Changed, @Nullable Object> ended(
            Function<EndedCall, @Nullable Object> value) {
        return one -> one.call() instanceof EndedCall end ? value.apply(end) : null;
    }

    private static Function<Changed, @Nullable Object> active(
            Function<ActiveCall, @Nullable Object> value) {
        return one -> one.call() instanceof ActiveCall call ? value.apply(call) : null;
    }

    private static Function<Changed, @Nullable Object> wish(
            Function<CancelWish, @Nullable Object> value) {
        return one -> {
            CancelWish wish = one.call() instanceof LiveCall live ? live.slot().wish() : null;
            return wish == null ? null : value.apply(wish);
        };
    }

    private static @Nullable Object failure(EndedCall end, Function<Failure, String> part) {
        return end.outcome() instanceof Outcome.Failed(Failure failure)
                ? part.apply(failure)
                : null;
    }
}
