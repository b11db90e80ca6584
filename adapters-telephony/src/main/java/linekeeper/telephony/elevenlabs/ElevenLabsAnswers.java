package linekeeper.telephony.elevenlabs;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

import linekeeper.application.port.DialResult;
import linekeeper.domain.ConversationId;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.InvalidValue;
import linekeeper.domain.call.Failure;
import linekeeper.telephony.exchange.Exchange;
import linekeeper.telephony.exchange.Tolerant;
import linekeeper.telephony.exchange.Wording;

import java.util.stream.Stream;

/// What ElevenLabs' answer to a create means. A refusal is only what says plainly that nobody is
/// called; whatever else comes back may stand for a ringing telephone (H1).
final class ElevenLabsAnswers {
    private static final int REQUEST_TIMEOUT = 408;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;
    private static final String[] BUSY = {
        "concurrent_limit_exceeded",
        "rate_limit_exceeded",
        "too_many_concurrent_requests",
        "system_busy"
    };
    private static final String[] POOR = {"insufficient_credits", "quota_exceeded"};

    private ElevenLabsAnswers() {}

    static DialResult dialed(Exchange exchange) {
        return switch (exchange) {
            case Exchange.NotSent(String cause) -> new DialResult.NotSent(cause);
            case Exchange.Lost(String cause) -> new DialResult.Unknown(cause);
            case Exchange.Answered answer when answer.successful() ->
                    Tolerant.object(answer.body())
                            .map(ElevenLabsAnswers::succeeded)
                            .orElseGet(() -> new DialResult.Unknown("unreadable success"));
            case Exchange.Answered answer when refuses(answer.status()) -> refused(answer);
            case Exchange.Answered answer -> new DialResult.Unknown("HTTP " + answer.status());
        };
    }

    /// `success: false` says that no call was placed; with a carrier's call in hand it says two things.
    /// `success: true` without a conversation says that one was, and not which: it has to be looked for.
    private static DialResult succeeded(JsonObject body) {
        if (JsonValue.FALSE.equals(body.get("success"))) {
            return carried(body)
                    ? new DialResult.Unknown("success: false with a call's id")
                    : notPlaced(body);
        }
        String id = Tolerant.text(body, "conversation_id");
        return id == null
                ? new DialResult.Unknown("success without conversation_id")
                : accepted(id);
    }

    private static boolean carried(JsonObject body) {
        return Stream.of("callSid", "call_sid", "sip_call_id")
                .anyMatch(key -> Tolerant.text(body, key) != null);
    }

    private static DialResult notPlaced(JsonObject body) {
        String said = Tolerant.text(body, "message");
        String message = said == null ? "ElevenLabs gave no reason" : Wording.shown(said);
        return new DialResult.Refused(new Failure("ELEVENLABS_NOT_PLACED", message), false);
    }

    /// The conversation is all there is of an execution.
    private static DialResult accepted(String id) {
        try {
            return new DialResult.Accepted(
                    new ExecutionId(ElevenLabsProvider.NAME, id), new ConversationId(id));
        } catch (InvalidValue e) {
            return new DialResult.Unknown("success with an unusable conversation_id");
        }
    }

    /// 408 is the one client error that may come from the middle of things.
    private static boolean refuses(int status) {
        return status / 100 == 4 && status != REQUEST_TIMEOUT;
    }

    private static DialResult refused(Exchange.Answered answer) {
        Complaint complaint = Complaint.of(answer);
        boolean busy =
                answer.status() == TOO_MANY || answer.status() == CONFLICT || complaint.names(BUSY);
        String message = Wording.shown(complaint.message());
        return new DialResult.Refused(new Failure(code(answer.status(), complaint), message), busy);
    }

    /// The codes tell more than the status: no document says which status a full agent answers with.
    private static String code(int status, Complaint complaint) {
        if (complaint.names(BUSY)) {
            return "ELEVENLABS_RATE_LIMITED";
        }
        if (complaint.names(POOR)) {
            return "ELEVENLABS_PAYMENT_REQUIRED";
        }
        return switch (status) {
            case 400, 422 -> "ELEVENLABS_REJECTED";
            case 401, 403 -> "ELEVENLABS_UNAUTHORIZED";
            case 402 -> "ELEVENLABS_PAYMENT_REQUIRED";
            case 404 -> "ELEVENLABS_NOT_FOUND";
            case CONFLICT -> "ELEVENLABS_CONFLICT";
            case TOO_MANY -> "ELEVENLABS_RATE_LIMITED";
            default -> "ELEVENLABS_HTTP_" + status;
        };
    }
}
