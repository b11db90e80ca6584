package linekeeper.persistence;

import linekeeper.application.port.PastCalls.PastCall;
import linekeeper.domain.CallId;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.Outcome;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Records calls that are over, set-based: record, end, conversation, timeline and where it came from.
final class PastCallSql {
    private static final String TEXT =
            """
            WITH offered AS MATERIALIZED (
                SELECT o.* FROM unnest(
                    CAST(:calls AS text[]), CAST(:fingerprints AS text[]),
                    CAST(:directions AS text[]), CAST(:campaigns AS text[]),
                    CAST(:drivers AS text[]), CAST(:contacts AS text[]), CAST(:agents AS text[]),
                    CAST(:providers AS text[]), CAST(:phones AS text[]), CAST(:froms AS text[]),
                    CAST(:names AS text[]), CAST(:priorities AS smallint[]),
                    CAST(:max_attempts AS smallint[]), CAST(:attempts AS smallint[]),
                    CAST(:user_data AS text[]), CAST(:created AS timestamptz[]),
                    CAST(:scheduled AS timestamptz[]), CAST(:expires AS timestamptz[]),
                    CAST(:outcomes AS text[]), CAST(:error_codes AS text[]),
                    CAST(:error_messages AS text[]), CAST(:executions AS text[]),
                    CAST(:conversations AS text[]), CAST(:answered AS timestamptz[]),
                    CAST(:answered_by AS text[]), CAST(:durations AS numeric[]),
                    CAST(:costs AS numeric[]), CAST(:recordings AS text[]),
                    CAST(:started AS timestamptz[]), CAST(:ended AS timestamptz[]))
                AS o (call_id, fingerprint, direction, campaign_id, driver_id, contact_id, agent_id,
                      provider, phone_number, from_number, contact_name, priority, max_attempts,
                      attempt, user_data, created_at, scheduled_at, expires_at, outcome, error_code,
                      error_message, execution_id, conversation_id, answered_at, answered_by,
                      duration_seconds, cost, recording_url, started_at, ended_at)
            ), added AS (
                INSERT INTO calls (
                    account_id, call_id, direction, campaign_id, driver_id, contact_id, agent_id,
                    provider, phone_number, from_number, contact_name, priority, max_attempts,
                    user_data, created_at, scheduled_at, expires_at)
                SELECT :account, call_id, direction, campaign_id, driver_id, contact_id, agent_id,
                    provider, phone_number, from_number, contact_name, priority, max_attempts,
                    CAST(user_data AS json), created_at, scheduled_at, expires_at
                FROM offered ORDER BY call_id
                ON CONFLICT DO NOTHING
                RETURNING call_id
            ), bound AS (
                INSERT INTO executions (account_id, execution_id, provider, call_id)
                SELECT :account, o.execution_id, o.provider, o.call_id
                FROM added a JOIN offered o ON o.call_id = a.call_id
                WHERE o.execution_id IS NOT NULL ORDER BY o.execution_id, o.call_id
                ON CONFLICT DO NOTHING
                RETURNING call_id
            ), ended AS (
                INSERT INTO call_ends (
                    account_id, call_id, created_at, outcome, attempt, provider, execution_id,
                    started_at, ended_at, last_event, conversation_id, answered_at, answered_by,
                    duration_seconds, cost, recording_url, error_code, error_message)
                SELECT :account, o.call_id, o.created_at, o.outcome, o.attempt, o.provider,
                    o.execution_id, o.started_at, o.ended_at, 1, o.conversation_id, o.answered_at,
                    o.answered_by, o.duration_seconds, o.cost, o.recording_url, o.error_code,
                    o.error_message
                FROM added a JOIN offered o ON o.call_id = a.call_id
                WHERE o.execution_id IS NULL OR o.call_id IN (SELECT call_id FROM bound)
                ORDER BY o.call_id
                RETURNING call_id
            ), whole AS MATERIALIZED (
                SELECT o.* FROM ended e JOIN offered o ON o.call_id = e.call_id
            ), campaign AS (
                INSERT INTO campaigns (account_id, campaign_id, created_at)
                SELECT :account, campaign_id, min(created_at) FROM whole
                WHERE campaign_id IS NOT NULL GROUP BY campaign_id ORDER BY campaign_id
                ON CONFLICT DO NOTHING
            ), conversation AS (
                INSERT INTO conversations (account_id, conversation_id, call_id)
                SELECT :account, conversation_id, call_id FROM whole
                WHERE conversation_id IS NOT NULL ORDER BY conversation_id
                ON CONFLICT DO NOTHING
            ), origin AS (
                INSERT INTO imported_calls (account_id, call_id, import_id, fingerprint)
                SELECT :account, call_id, :import, fingerprint FROM whole
            ), event AS (
                INSERT INTO call_events (account_id, call_id, sequence, at, event, detail)
                SELECT :account, call_id, 1, :now, 'imported', CAST(:detail AS jsonb) FROM whole
            )
            SELECT a.call_id, e.call_id IS NOT NULL AS whole
            FROM added a LEFT JOIN ended e ON e.call_id = a.call_id
            """;

    private static final String TAKE_BACK =
            """
            DELETE FROM calls
            WHERE account_id = :account AND call_id = ANY (CAST(:calls AS text[]))
            """;

    private PastCallSql() {}

    /// A call and the id it gets.
    record Offered(PastCall past, CallId id) {
        EndedCall call() {
            return past.call();
        }

        CallRequest request() {
            return call().accepted().request();
        }
    }

    /// Of the calls, all of one account, those that were recorded, within the caller's transaction. One whose
    /// execution another call has gets no end, so its record is taken back before anybody sees it.
    static Set<CallId> insert(
            Database database, List<Offered> calls, String importId, Instant now) {
        String account = calls.getFirst().call().key().account().value();
        Sql sql =
                Sql.of(TEXT)
                        .with("account", account)
                        .with("import", importId)
                        .with("now", now)
                        .with("detail", Details.json(Map.of("import", importId)));
        bindRequest(sql, calls);
        bindEnd(sql, calls);
        bindFacts(sql, calls);
        Set<CallId> whole = new HashSet<>();
        List<CallId> halves = new ArrayList<>();
        database.query(
                sql,
                row -> (row.flag("whole") ? whole : halves).add(new CallId(row.text("call_id"))));
        if (!halves.isEmpty()) {
            database.update(
                    Sql.of(TAKE_BACK).with("account", account).column("calls", halves, id -> id));
        }
        return whole;
    }

    private static void bindRequest(Sql sql, List<Offered> calls) {
        sql.column("calls", calls, Offered::id)
                .column("fingerprints", calls, one -> one.past.fingerprint())
                .column("directions", calls, one -> one.call().accepted().direction().wireName())
                .column("campaigns", calls, one -> one.request().grouping().campaign())
                .column("drivers", calls, one -> one.request().grouping().driver())
                .column("contacts", calls, one -> one.request().recipient().contact())
                .column("agents", calls, one -> one.request().routing().agent())
                .column("providers", calls, one -> one.call().accepted().provider())
                .column("phones", calls, one -> one.request().recipient().phone().value())
                .column("froms", calls, PastCallSql::from)
                .column("names", calls, one -> one.request().recipient().name())
                .column("priorities", calls, one -> one.request().priority())
                .column("max_attempts", calls, one -> one.request().maxAttempts())
                .column("user_data", calls, one -> one.request().userData().json())
                .column("created", calls, one -> one.call().accepted().createdAt())
                .column("scheduled", calls, one -> one.request().timing().scheduledAt())
                .column("expires", calls, one -> one.request().timing().expiresAt());
    }

    private static void bindEnd(Sql sql, List<Offered> calls) {
        sql.column("attempts", calls, one -> one.call().attempt())
                .column("outcomes", calls, one -> one.call().status().wireName())
                .column("error_codes", calls, one -> failure(one, Failure::code))
                .column("error_messages", calls, one -> failure(one, Failure::message))
                .column("started", calls, one -> one.call().span().startedAt())
                .column("ended", calls, one -> one.call().span().endedAt());
    }

    private static void bindFacts(Sql sql, List<Offered> calls) {
        sql.column("executions", calls, PastCallSql::execution)
                .column("conversations", calls, one -> one.call().facts().conversation())
                .column("answered", calls, one -> one.call().facts().answeredAt())
                .column("answered_by", calls, one -> one.call().facts().answeredBy())
                .column("durations", calls, one -> one.call().facts().durationSeconds())
                .column("costs", calls, one -> one.call().facts().cost())
                .column("recordings", calls, one -> one.call().facts().recordingUrl());
    }

    private static @Nullable String from(Offered one) {
        var from = one.request().routing().from();
        return from == null ? null : from.value();
    }

    private static @Nullable String execution(Offered one) {
        var execution = one.call().execution();
        return execution == null ? null : execution.value();
    }

    private static @Nullable String failure(Offered one, Function<Failure, String> part) {
        return one.call().outcome() instanceof Outcome.Failed(Failure failure)
                ? part.apply(failure)
                : null;
    }
}
