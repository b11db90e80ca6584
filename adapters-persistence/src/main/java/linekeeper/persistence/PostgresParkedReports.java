package linekeeper.persistence;

import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.ExecutionReport.Echo;
import linekeeper.application.port.ExecutionReport.Stage;
import linekeeper.application.port.ParkedReports;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.Outcome;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/// Reports that wait for the bind of their execution.
final class PostgresParkedReports implements ParkedReports {
    private static final int MOST_PER_EXECUTION = 100;
    private static final int MOST_REMOVED = 1_000;

    private static final int MOST_PER_BATCH = 200;
    private static final int MOST_WAITING = 10_000;

    private static final String OF =
            """
            SELECT e.* FROM provider_events e
            JOIN unnest(CAST(:executions AS text[]), CAST(:providers AS text[]))
                AS asked (execution_id, provider)
                ON e.execution_id = asked.execution_id AND e.provider = asked.provider
            ORDER BY e.received
            """;

    private final Database database;

    /// Every bind asks, and hardly ever is there anything: so they ask together.
    private final Coalescer<ExecutionId, List<ExecutionReport>> asking =
            new Coalescer<>(this::ofAll, MOST_PER_BATCH, MOST_WAITING);

    PostgresParkedReports(Database database) {
        this.database = database;
    }

    @Override
    public void park(ExecutionReport report, Instant now) {
        Sql insert =
                Sql.of(
                                """
                                INSERT INTO provider_events (
                                    account_id, provider, execution_id, content, parked_at,
                                    echo_call_id, echo_attempt, stage, word, error_code,
                                    error_message, conversation_id, answered_at, answered_by,
                                    duration_seconds, cost, recording_url, transcript)
                                SELECT :account, :provider, :execution, :content,
                                    CAST(:now AS timestamptz), :call, CAST(:attempt AS int), :stage,
                                    :word, :error_code, :error_message, :conversation,
                                    CAST(:answered AS timestamptz), :answered_by,
                                    CAST(:duration AS numeric), CAST(:cost AS numeric), :recording,
                                    CAST(:transcript AS json)
                                WHERE (SELECT count(*) FROM provider_events
                                       WHERE execution_id = :execution AND provider = :provider)
                                      < :most
                                ON CONFLICT DO NOTHING
                                """)
                        .with("provider", report.execution().provider().value())
                        .with("execution", report.execution().value())
                        .with("content", digest(report))
                        .with("now", now)
                        .with("transcript", SpokenJson.write(report.transcript()))
                        .with("most", MOST_PER_EXECUTION);
        bindEcho(insert, report.echo());
        bindStage(insert, report.stage());
        bindFacts(insert, report.facts());
        database.update(insert);
    }

    private static void bindEcho(Sql sql, @Nullable Echo echo) {
        sql.with("account", echo == null ? "" : echo.key().account().value())
                .with("call", echo == null ? null : echo.key().call().value())
                .with("attempt", echo == null ? null : (Integer) echo.attempt());
    }

    private static void bindStage(Sql sql, Stage stage) {
        Failure failure =
                stage instanceof ExecutionReport.Over(Outcome.Failed(Failure why)) ? why : null;
        sql.with("stage", stage.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                .with("word", word(stage))
                .with("error_code", failure == null ? null : failure.code())
                .with("error_message", failure == null ? null : failure.message());
    }

    private static void bindFacts(Sql sql, CallFacts facts) {
        sql.with("conversation", facts.conversation() == null ? null : facts.conversation().value())
                .with("answered", facts.answeredAt())
                .with("answered_by", facts.answeredBy())
                .with("duration", facts.durationSeconds())
                .with("cost", facts.cost())
                .with("recording", facts.recordingUrl());
    }

    private static String word(Stage stage) {
        return switch (stage) {
            case ExecutionReport.Reached reached -> Words.of(reached.progress());
            case ExecutionReport.Over over -> over.outcome().status().wireName();
            case ExecutionReport.Unrecognised unrecognised -> unrecognised.word();
        };
    }

    /// Equal reports have equal texts.
    private static String digest(ExecutionReport report) {
        return UUID.nameUUIDFromBytes(report.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    @Override
    public List<ExecutionReport> of(ExecutionId execution) {
        return asking.write(execution);
    }

    private List<List<ExecutionReport>> ofAll(List<ExecutionId> executions) {
        Sql select =
                Sql.of(OF)
                        .column("executions", executions, ExecutionId::value)
                        .column("providers", executions, ExecutionId::provider);
        Map<ExecutionId, List<ExecutionReport>> found =
                database.query(select, PostgresParkedReports::report).stream()
                        .collect(Collectors.groupingBy(ExecutionReport::execution));
        return executions.stream().map(one -> found.getOrDefault(one, List.of())).toList();
    }

    private static ExecutionReport report(Row row) {
        return new ExecutionReport(
                new ExecutionId(new ProviderName(row.text("provider")), row.text("execution_id")),
                echo(row),
                stage(row),
                CallRows.facts(row),
                SpokenJson.read(row.textOrNull("transcript")));
    }

    private static @Nullable Echo echo(Row row) {
        String call = row.textOrNull("echo_call_id");
        return call == null
                ? null
                : new Echo(
                        new CallKey(new AccountId(row.text("account_id")), new CallId(call)),
                        row.integer("echo_attempt"));
    }

    private static Stage stage(Row row) {
        String word = row.text("word");
        return switch (row.text("stage")) {
            case "reached" -> new ExecutionReport.Reached(Words.progress(word));
            case "over" ->
                    new ExecutionReport.Over(
                            Words.outcome(
                                    word,
                                    row.textOrNull("error_code"),
                                    row.textOrNull("error_message")));
            default -> new ExecutionReport.Unrecognised(word);
        };
    }

    @Override
    public void remove(ExecutionId execution) {
        database.update(
                Sql.of(
                                """
                                DELETE FROM provider_events
                                WHERE execution_id = :execution AND provider = :provider
                                """)
                        .with("execution", execution.value())
                        .with("provider", execution.provider().value()));
    }

    @Override
    public int removeBefore(Instant cutoff) {
        return Math.toIntExact(
                database.update(
                        Sql.of(
                                        """
                                        DELETE FROM provider_events
                                        WHERE (account_id, provider, execution_id, content) IN (
                                            SELECT account_id, provider, execution_id, content
                                            FROM provider_events WHERE parked_at < :cutoff
                                            ORDER BY parked_at LIMIT :most)
                                        """)
                                .with("cutoff", cutoff)
                                .with("most", MOST_REMOVED)));
    }
}
