package linekeeper.persistence;

import linekeeper.application.port.Calls.LateReport;
import linekeeper.application.port.Change;
import linekeeper.application.port.ExecutionReport.Echo;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.TimelineEvent;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The attempts that others followed.
final class AttemptSql {
    private static final String KEEP =
            """
            INSERT INTO call_attempts (account_id, call_id, attempt, provider, execution_id, outcome,
                                       error_code, error_message, conversation_id, answered_at,
                                       answered_by, duration_seconds, cost, recording_url,
                                       started_at, ended_at)
            SELECT * FROM unnest(
                CAST(:accounts AS text[]), CAST(:calls AS text[]), CAST(:attempts AS smallint[]),
                CAST(:providers AS text[]), CAST(:executions AS text[]), CAST(:outcomes AS text[]),
                CAST(:error_codes AS text[]), CAST(:error_messages AS text[]),
                CAST(:conversations AS text[]), CAST(:answered AS timestamptz[]),
                CAST(:answered_by AS text[]), CAST(:durations AS numeric[]),
                CAST(:costs AS numeric[]), CAST(:recordings AS text[]),
                CAST(:started AS timestamptz[]), CAST(:ended AS timestamptz[]))
            """;

    private static final String AMEND =
            """
                UPDATE call_attempts SET
                    execution_id = COALESCE(execution_id, CAST(:execution AS text)),
                    conversation_id = COALESCE(conversation_id, CAST(:conversation AS text)),
                    answered_at = COALESCE(answered_at, CAST(:answered AS timestamptz)),
                    answered_by = COALESCE(answered_by, CAST(:answered_by AS text)),
                    duration_seconds = COALESCE(duration_seconds, CAST(:duration AS numeric)),
                    cost = COALESCE(cost, CAST(:cost AS numeric)),
                    recording_url = COALESCE(recording_url, CAST(:recording AS text))
                WHERE account_id = :account AND call_id = :call AND attempt = :attempt
                  AND provider = :provider
                  AND (execution_id IS NULL OR execution_id = :execution)
                  AND (execution_id IS NULL
                       OR (conversation_id IS NULL AND CAST(:conversation AS text) IS NOT NULL)
                       OR (answered_at IS NULL AND CAST(:answered AS timestamptz) IS NOT NULL)
                       OR (answered_by IS NULL AND CAST(:answered_by AS text) IS NOT NULL)
                       OR (duration_seconds IS NULL AND CAST(:duration AS numeric) IS NOT NULL)
                       OR (cost IS NULL AND CAST(:cost AS numeric) IS NOT NULL)
                       OR (recording_url IS NULL AND CAST(:recording AS text) IS NOT NULL))
            """;

    private static final String OF_EXECUTION =
            """
            SELECT account_id, call_id, attempt FROM call_attempts
            WHERE execution_id = :execution AND provider = :provider
            ORDER BY account_id LIMIT 1
            """;

    private AttemptSql() {}

    static void keep(Database database, List<EndedCall> attempts) {
        Sql sql = Sql.of(KEEP);
        sql.column("accounts", attempts, one -> one.key().account())
                .column("calls", attempts, one -> one.key().call())
                .column("attempts", attempts, EndedCall::attempt)
                .column("providers", attempts, one -> one.accepted().provider())
                .column("executions", attempts, one -> execution(one))
                .column("outcomes", attempts, one -> one.outcome().status().wireName())
                .column("error_codes", attempts, one -> failure(one, Failure::code))
                .column("error_messages", attempts, one -> failure(one, Failure::message))
                .column("conversations", attempts, one -> one.facts().conversation())
                .column("answered", attempts, one -> one.facts().answeredAt())
                .column("answered_by", attempts, one -> one.facts().answeredBy())
                .column("durations", attempts, one -> one.facts().durationSeconds())
                .column("costs", attempts, one -> one.facts().cost())
                .column("recordings", attempts, one -> one.facts().recordingUrl())
                .column("started", attempts, one -> one.span().startedAt())
                .column("ended", attempts, one -> one.span().endedAt());
        if (database.update(sql) != attempts.size()) {
            throw new IllegalStateException("an attempt was not kept: indicates a bug");
        }
    }

    /// The line is written only if something was missing, so a report that is repeated adds nothing.
    static boolean amend(Database database, LateReport late) {
        TimelineEvent line = TimelineEvent.of(late.now(), "earlier_attempt_report", late.detail());
        ChangeBatch.Asked asked =
                new ChangeBatch.Asked(
                        late.key(),
                        call ->
                                call.isPresent() && amended(database, late)
                                        ? Change.note(line, true)
                                        : Change.none(false));
        return database.inTransaction(
                () -> {
                    var written =
                            ChangeBatch.write(
                                    database, List.of(asked), key -> null, FollowUp.LEADS);
                    return (Boolean) written.answers().getFirst().get();
                });
    }

    private static boolean amended(Database database, LateReport late) {
        CallFacts facts = late.facts();
        var conversation = facts.conversation();
        return database.update(
                        Sql.of(AMEND)
                                .with("account", late.key().account().value())
                                .with("call", late.key().call().value())
                                .with("attempt", late.attempt())
                                .with("provider", late.execution().provider().value())
                                .with("execution", late.execution().value())
                                .with(
                                        "conversation",
                                        conversation == null ? null : conversation.value())
                                .with("answered", facts.answeredAt())
                                .with("answered_by", facts.answeredBy())
                                .with("duration", facts.durationSeconds())
                                .with("cost", facts.cost())
                                .with("recording", facts.recordingUrl()))
                == 1;
    }

    static Optional<Echo> ofExecution(Database database, ExecutionId execution) {
        Sql find =
                Sql.of(OF_EXECUTION)
                        .with("execution", execution.value())
                        .with("provider", execution.provider().value());
        return database.queryOne(find, row -> new Echo(CallRows.key(row), row.integer("attempt")));
    }

    private static @Nullable String execution(EndedCall attempt) {
        ExecutionId execution = attempt.execution();
        return execution == null ? null : execution.value();
    }

    private static @Nullable String failure(EndedCall attempt, Function<Failure, String> part) {
        return attempt.outcome() instanceof Outcome.Failed(Failure failure)
                ? part.apply(failure)
                : null;
    }
}
