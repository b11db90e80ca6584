package linekeeper.telephony.elevenlabs;

import jakarta.json.JsonObject;

import linekeeper.domain.call.Failure;
import linekeeper.domain.call.Outcome;
import linekeeper.telephony.exchange.Tolerant;
import linekeeper.telephony.exchange.Wording;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/// How a conversation or a call that never became one ended.
final class Endings {
    private static final String NO_REASON = "ElevenLabs gave no reason";

    private Endings() {}

    /// Of a conversation that is `done`. Only newer releases of the API tell the carrier's result.
    static Outcome done(JsonObject conversation) {
        return byResult(conversation, new Outcome.Completed());
    }

    /// Of a conversation that has `failed`.
    static Outcome failed(JsonObject conversation) {
        return byResult(conversation, failure(reason(Conversation.metadata(conversation))));
    }

    /// Of a call that could not be begun.
    ///
    /// @param event a call initiation failure's data
    static Outcome notBegun(JsonObject event) {
        String reason = Tolerant.text(event, "failure_reason");
        return switch (word(reason)) {
            case "busy" -> new Outcome.Busy();
            case "no_answer" -> new Outcome.NoAnswer();
            default -> failure(carriersReason(event, reason));
        };
    }

    private static Outcome byResult(JsonObject conversation, Outcome otherwise) {
        String result = Conversation.callResult(conversation);
        return switch (word(result)) {
            case "voicemail" -> new Outcome.Voicemail();
            case "busy" -> new Outcome.Busy();
            case "no_answer" -> new Outcome.NoAnswer();
            case "failed" -> failure(reason(Conversation.metadata(conversation)));
            default -> otherwise;
        };
    }

    private static Outcome failure(@Nullable String reason) {
        String shown = reason == null ? NO_REASON : Wording.shown(reason);
        return new Outcome.Failed(new Failure(Failure.PROVIDER_FAILED, shown));
    }

    private static @Nullable String reason(JsonObject metadata) {
        JsonObject error = Tolerant.object(metadata, "error");
        String said = Tolerant.text(error, "reason");
        String code = Tolerant.text(error, "code");
        if (said == null && code == null) {
            return Tolerant.text(metadata, "termination_reason");
        }
        return code == null ? said : (said == null ? "error" : said) + " (" + code + ")";
    }

    /// Twilio's callback or the SIP trunk's last words.
    private static @Nullable String carriersReason(JsonObject event, @Nullable String reason) {
        JsonObject body = Tolerant.object(Tolerant.object(event, "metadata"), "body");
        return Stream.of(
                        Tolerant.text(body, "error_reason"),
                        labelled("SIP ", Tolerant.text(body, "sip_status_code")),
                        labelled("call status ", Tolerant.text(body, "CallStatus")),
                        reason)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String labelled(String label, @Nullable String text) {
        return text == null ? null : label + text;
    }

    /// Both spellings are about: `no-answer`, `no_answer`.
    private static String word(@Nullable String written) {
        return written == null ? "" : written.toLowerCase(Locale.ROOT).replace('-', '_');
    }
}
