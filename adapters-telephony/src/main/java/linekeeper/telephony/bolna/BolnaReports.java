package linekeeper.telephony.bolna;

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
import linekeeper.domain.ConversationId;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.InvalidValue;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Progress;
import linekeeper.telephony.exchange.Tolerant;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// Reads Bolna's execution object, the same in a webhook and in `GET /executions/{id}`.
public final class BolnaReports {
    private static final int LONGEST_WORD = 64;
    private static final int LONGEST_URL = 2_000;

    private BolnaReports() {}

    /// Empty: this is no execution.
    public static Optional<ExecutionReport> read(byte[] body) {
        return parsed(new String(body, StandardCharsets.UTF_8));
    }

    static Optional<ExecutionReport> parsed(String json) {
        return Tolerant.object(json).flatMap(BolnaReports::report);
    }

    private static Optional<ExecutionReport> report(JsonObject execution) {
        String id = Tolerant.text(execution, "id");
        String status = Tolerant.text(execution, "status");
        if (id == null || status == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new ExecutionReport(
                            new ExecutionId(BolnaProvider.NAME, id),
                            echo(execution),
                            stage(status, execution),
                            facts(id, execution),
                            BolnaTranscript.of(Tolerant.text(execution, "transcript"))));
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }

    /// Our ids as we sent them with the dial; null if they are not all there.
    private static @Nullable Echo echo(JsonObject execution) {
        JsonObject data =
                Tolerant.object(Tolerant.object(execution, "context_details"), "recipient_data");
        String call = Tolerant.text(data, "call_id");
        String account = Tolerant.text(data, "account_id");
        String attempt = Tolerant.text(data, "attempt");
        if (call == null || account == null || attempt == null) {
            return null;
        }
        try {
            return new Echo(
                    new CallKey(new AccountId(account), new CallId(call)),
                    Integer.parseInt(attempt));
        } catch (InvalidValue | NumberFormatException e) {
            return null;
        }
    }

    private static Stage stage(String status, JsonObject execution) {
        return switch (status.toLowerCase(Locale.ROOT)) {
            case "scheduled", "prepared", "queued", "rescheduled", "initiated" ->
                    new Reached(Progress.PLACED);
            case "ringing" -> new Reached(Progress.RINGING);
            case "in-progress" -> new Reached(Progress.ANSWERED);
            case "call-disconnected" -> new Reached(Progress.DISCONNECTED);
            case "completed" -> new Over(completed(execution));
            case "no-answer" -> new Over(new Outcome.NoAnswer());
            case "busy" -> new Over(new Outcome.Busy());
            case "canceled", "stopped" -> new Over(new Outcome.Cancelled());
            case "failed" -> new Over(failed(Failure.PROVIDER_FAILED, execution));
            case "error" -> new Over(failed("BOLNA_ERROR", execution));
            case "balance-low" -> new Over(failed("BALANCE_LOW", execution));
            default -> new Unrecognised(cut(status, LONGEST_WORD));
        };
    }

    private static Outcome completed(JsonObject execution) {
        return Tolerant.flag(execution, "answered_by_voice_mail")
                ? new Outcome.Voicemail()
                : new Outcome.Completed();
    }

    private static Outcome failed(String code, JsonObject execution) {
        String message = Tolerant.text(execution, "error_message");
        String reason = Tolerant.text(telephony(execution), "hangup_reason");
        String said = message == null ? reason : message;
        return new Outcome.Failed(new Failure(code, said == null ? "Bolna gave no reason" : said));
    }

    private static CallFacts facts(String id, JsonObject execution) {
        String recording = Tolerant.text(telephony(execution), "recording_url");
        return new CallFacts(
                new ConversationId(id),
                null,
                Tolerant.flag(execution, "answered_by_voice_mail") ? "machine" : null,
                Tolerant.number(execution, "conversation_duration"),
                Tolerant.number(execution, "total_cost"),
                recording == null || recording.length() > LONGEST_URL ? null : recording);
    }

    private static JsonObject telephony(JsonObject execution) {
        return Tolerant.object(execution, "telephony_data");
    }

    private static String cut(String text, int length) {
        return text.substring(0, Math.min(text.length(), length));
    }
}
