package linekeeper.telephony.simulated;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;

import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.ExecutionReport.Echo;
import linekeeper.application.port.ExecutionReport.Over;
import linekeeper.application.port.ExecutionReport.Reached;
import linekeeper.application.port.ExecutionReport.Stage;
import linekeeper.application.port.ExecutionReport.Unrecognised;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.InvalidValue;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Progress;
import linekeeper.domain.call.Spoken;
import linekeeper.telephony.exchange.Tolerant;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/// Reads `POST /webhooks/simulated`: `{account_id, call_id, attempt, execution_id, status,
/// duration_seconds, recording_url, transcript: [{role, text, at}]}`; the account is `default` and the attempt 1 unless said.
public final class SimulatedReports {
    private static final int LONGEST_WORD = 64;

    private SimulatedReports() {}

    /// Empty: this is no report.
    public static Optional<ExecutionReport> read(byte[] body) {
        return Tolerant.object(new String(body, StandardCharsets.UTF_8))
                .flatMap(SimulatedReports::report);
    }

    private static Optional<ExecutionReport> report(JsonObject report) {
        String execution = Tolerant.text(report, "execution_id");
        String status = Tolerant.text(report, "status");
        if (execution == null || status == null) {
            return Optional.empty();
        }
        try {
            ExecutionId id = new ExecutionId(SimulatedProvider.NAME, execution);
            return Optional.of(
                    new ExecutionReport(
                            id,
                            echo(report),
                            stage(status),
                            facts(report).withConversation(SimulatedProvider.conversation(id)),
                            transcript(report)));
        } catch (InvalidValue | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static @Nullable Echo echo(JsonObject report) {
        String call = Tolerant.text(report, "call_id");
        if (call == null) {
            return null;
        }
        String account = Tolerant.text(report, "account_id");
        String attempt = Tolerant.text(report, "attempt");
        AccountId owner = account == null ? AccountId.DEFAULT : new AccountId(account);
        return new Echo(
                new CallKey(owner, new CallId(call)),
                attempt == null ? 1 : Integer.parseInt(attempt));
    }

    private static Stage stage(String status) {
        return switch (status) {
            case "ringing" -> new Reached(Progress.RINGING);
            case "answered", "in_progress" -> new Reached(Progress.ANSWERED);
            case "completed" -> new Over(new Outcome.Completed());
            case "no_answer" -> new Over(new Outcome.NoAnswer());
            case "busy" -> new Over(new Outcome.Busy());
            case "voicemail" -> new Over(new Outcome.Voicemail());
            case "cancelled" -> new Over(new Outcome.Cancelled());
            case "failed" ->
                    new Over(
                            new Outcome.Failed(
                                    new Failure(Failure.PROVIDER_FAILED, "Simulated failure")));
            default ->
                    new Unrecognised(status.substring(0, Math.min(status.length(), LONGEST_WORD)));
        };
    }

    private static CallFacts facts(JsonObject report) {
        return new CallFacts(
                null,
                null,
                null,
                Tolerant.number(report, "duration_seconds"),
                null,
                Tolerant.text(report, "recording_url"));
    }

    private static List<Spoken> transcript(JsonObject report) {
        return report.get("transcript") instanceof JsonArray lines
                ? lines.stream()
                        .filter(JsonObject.class::isInstance)
                        .flatMap(line -> line((JsonObject) line).stream())
                        .toList()
                : List.of();
    }

    private static Optional<Spoken> line(JsonObject line) {
        String role = Tolerant.text(line, "role");
        String text = Tolerant.text(line, "text");
        String said = text == null ? Tolerant.text(line, "message") : text;
        return said == null
                ? Optional.empty()
                : Optional.of(
                        new Spoken(
                                role == null ? "unknown" : role,
                                said,
                                time(Tolerant.text(line, "at"))));
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
