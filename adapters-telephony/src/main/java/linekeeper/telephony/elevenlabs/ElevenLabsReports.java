package linekeeper.telephony.elevenlabs;

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
import linekeeper.domain.ConversationId;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.InvalidValue;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.Progress;
import linekeeper.domain.call.Spoken;
import linekeeper.telephony.exchange.Tolerant;
import linekeeper.telephony.exchange.Wording;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads ElevenLabs' conversation object, the same in a transcription webhook and when asked for, and
/// the report of a call that could not be begun, which carries none of our ids.
final class ElevenLabsReports {
    private static final int LONGEST_WORD = 64;
    private static final int LONGEST_LINE = 20_000;

    private final ElevenLabsSettings settings;

    ElevenLabsReports(ElevenLabsSettings settings) {
        this.settings = settings;
    }

    Optional<ExecutionReport> parsed(String json) {
        return Tolerant.object(json).flatMap(this::conversation);
    }

    /// Empty: this is no conversation.
    Optional<ExecutionReport> conversation(JsonObject conversation) {
        String id = Tolerant.text(conversation, "conversation_id");
        String status = Tolerant.text(conversation, "status");
        if (id == null || status == null) {
            return Optional.empty();
        }
        Stage stage = stage(status, conversation);
        List<Spoken> spoken = stage instanceof Over ? transcript(conversation) : List.of();
        try {
            return Optional.of(
                    new ExecutionReport(
                            new ExecutionId(ElevenLabsProvider.NAME, id),
                            echo(Conversation.variables(conversation)),
                            stage,
                            facts(id, conversation),
                            spoken));
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }

    /// Empty: this is no report of a call that could not be begun.
    static Optional<ExecutionReport> notBegun(JsonObject event) {
        String id = Tolerant.text(event, "conversation_id");
        if (id == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new ExecutionReport(
                            new ExecutionId(ElevenLabsProvider.NAME, id),
                            null,
                            new Over(Endings.notBegun(event)),
                            CallFacts.NONE.withConversation(new ConversationId(id))));
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }

    private static Stage stage(String status, JsonObject conversation) {
        return switch (status.toLowerCase(Locale.ROOT)) {
            case "initiated" -> new Reached(Progress.PLACED);
            case "in-progress" -> new Reached(Progress.ANSWERED);
            case "processing" -> new Reached(Progress.DISCONNECTED);
            case "done" -> new Over(Endings.done(conversation));
            case "failed" -> new Over(Endings.failed(conversation));
            default -> new Unrecognised(Wording.cut(status, LONGEST_WORD));
        };
    }

    /// Our ids as we sent them with the dial; null if they are not all there.
    private static @Nullable Echo echo(JsonObject variables) {
        String call = Tolerant.text(variables, ElevenLabsCall.CALL);
        String account = Tolerant.text(variables, ElevenLabsCall.ACCOUNT);
        BigDecimal attempt = Tolerant.number(variables, ElevenLabsCall.ATTEMPT);
        if (call == null || account == null || attempt == null) {
            return null;
        }
        try {
            return new Echo(
                    new CallKey(new AccountId(account), new CallId(call)), attempt.intValueExact());
        } catch (InvalidValue | ArithmeticException e) {
            return null;
        }
    }

    private CallFacts facts(String id, JsonObject conversation) {
        JsonObject metadata = Conversation.metadata(conversation);
        boolean machine = "voicemail".equals(Conversation.callResult(conversation));
        return new CallFacts(
                new ConversationId(id),
                Moments.at(metadata, "accepted_time_unix_secs"),
                machine ? "machine" : null,
                Tolerant.number(metadata, "call_duration_secs"),
                Tolerant.number(metadata, "cost"),
                Tolerant.flag(conversation, "has_audio")
                        ? ElevenLabsApi.audio(settings, id)
                        : null);
    }

    /// What was said, in its order; turns that only used a tool say nothing.
    private static List<Spoken> transcript(JsonObject conversation) {
        if (!(conversation.get("transcript") instanceof JsonArray turns)) {
            return List.of();
        }
        JsonObject metadata = Conversation.metadata(conversation);
        Instant accepted = Moments.at(metadata, "accepted_time_unix_secs");
        Instant start = accepted == null ? Moments.at(metadata, "start_time_unix_secs") : accepted;
        return turns.stream()
                .filter(JsonObject.class::isInstance)
                .flatMap(turn -> spoken(turn.asJsonObject(), start).stream())
                .toList();
    }

    private static Optional<Spoken> spoken(JsonObject turn, @Nullable Instant start) {
        String role = Tolerant.text(turn, "role");
        String message = Tolerant.text(turn, "message");
        return role == null || message == null
                ? Optional.empty()
                : Optional.of(
                        new Spoken(
                                role,
                                Wording.cut(message, LONGEST_LINE),
                                Moments.after(start, turn, "time_in_call_secs")));
    }
}
