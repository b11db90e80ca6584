package linekeeper.telephony.twilio;

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

import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.regex.Pattern;

/// What Twilio's answer to a create means. A refusal is only what says plainly that nobody is called;
/// whatever else comes back may stand for a ringing telephone.
final class TwilioAnswers {
    private static final int TOO_MANY = 429;
    private static final int REQUEST_TIMEOUT = 408;

    /// Too many requests at once, too many calls at once, the outbound queue is full.
    private static final Set<String> LATER = Set.of("20429", "10004", "22005");

    private static final Pattern CODE = Pattern.compile("[0-9]{1,6}");

    private TwilioAnswers() {}

    static DialResult dialed(Exchange exchange) {
        return switch (exchange) {
            case Exchange.NotSent(String cause) -> new DialResult.NotSent(cause);
            case Exchange.Lost(String cause) -> new DialResult.Unknown(cause);
            case Exchange.Answered answer when answer.successful() -> accepted(answer);
            case Exchange.Answered answer when refuses(answer.status()) -> refused(answer);
            case Exchange.Answered answer -> new DialResult.Unknown("HTTP " + answer.status());
        };
    }

    private static DialResult accepted(Exchange.Answered answer) {
        String sid = Tolerant.text(body(answer), "sid");
        if (sid == null) {
            return new DialResult.Unknown("success without a call SID");
        }
        try {
            return new DialResult.Accepted(
                    new ExecutionId(TwilioProvider.NAME, sid), new ConversationId(sid));
        } catch (InvalidValue e) {
            return new DialResult.Unknown("success with an unusable call SID");
        }
    }

    /// 408 is the one client error that may come from the middle of things.
    private static boolean refuses(int status) {
        return status / 100 == 4 && status != REQUEST_TIMEOUT;
    }

    private static DialResult refused(Exchange.Answered answer) {
        String code = code(answer);
        boolean later = answer.status() == TOO_MANY || (code != null && LATER.contains(code));
        String ours = code == null ? "TWILIO_HTTP_" + answer.status() : "TWILIO_" + code;
        return new DialResult.Refused(new Failure(ours, message(answer)), later);
    }

    /// Twilio's own number of the error, as in `21211`; null: somebody else may have answered.
    static @Nullable String code(Exchange.Answered answer) {
        String code = Tolerant.text(body(answer), "code");
        return code != null && CODE.matcher(code).matches() ? code : null;
    }

    /// Both dialects: `{"code": 21211, "message": "…"}` and RFC 9457's `title` and `detail`.
    static String message(Exchange.Answered answer) {
        JsonObject body = body(answer);
        for (String key : new String[] {"message", "detail", "title"}) {
            String text = Tolerant.text(body, key);
            if (text != null) {
                return Wording.shown(text);
            }
        }
        return "HTTP " + answer.status();
    }

    private static JsonObject body(Exchange.Answered answer) {
        return Tolerant.object(answer.body()).orElse(JsonValue.EMPTY_JSON_OBJECT);
    }
}
