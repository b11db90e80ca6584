package linekeeper.telephony.bolna;

import jakarta.json.JsonObject;

import linekeeper.application.port.DialResult;
import linekeeper.domain.ConversationId;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.InvalidValue;
import linekeeper.domain.call.Failure;
import linekeeper.telephony.exchange.Exchange;
import linekeeper.telephony.exchange.Tolerant;
import linekeeper.telephony.exchange.Wording;

import java.util.Optional;

/// What Bolna's answer to `POST /call` means. A refusal is only what says plainly that nobody is called;
/// whatever else comes back may stand for a ringing telephone.
final class BolnaAnswers {
    private static final int TOO_MANY = 429;
    private static final int REQUEST_TIMEOUT = 408;

    private BolnaAnswers() {}

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
        Optional<String> id =
                Tolerant.object(answer.body())
                        .flatMap(body -> Optional.ofNullable(Tolerant.text(body, "execution_id")));
        try {
            return id.<DialResult>map(BolnaAnswers::accepted)
                    .orElseGet(() -> new DialResult.Unknown("success without execution_id"));
        } catch (InvalidValue e) {
            return new DialResult.Unknown("success with an unusable execution_id");
        }
    }

    /// Bolna has no conversations of their own: the execution's id is the transcript's.
    private static DialResult accepted(String id) {
        return new DialResult.Accepted(
                new ExecutionId(BolnaProvider.NAME, id), new ConversationId(id));
    }

    /// 408 is the one client error that may come from the middle of things.
    private static boolean refuses(int status) {
        return status / 100 == 4 && status != REQUEST_TIMEOUT;
    }

    private static DialResult refused(Exchange.Answered answer) {
        boolean busy = answer.status() == TOO_MANY;
        return new DialResult.Refused(new Failure(code(answer.status()), message(answer)), busy);
    }

    private static String code(int status) {
        return switch (status) {
            case 400, 422 -> "BOLNA_REJECTED";
            case 401, 403 -> "BOLNA_UNAUTHORIZED";
            case 404 -> "BOLNA_NOT_FOUND";
            case TOO_MANY -> "BOLNA_RATE_LIMITED";
            default -> "BOLNA_HTTP_" + status;
        };
    }

    /// Both dialects: `{"error": 1001, "message": "…"}` and `{"detail": "…"}`.
    private static String message(Exchange.Answered answer) {
        String text =
                Tolerant.object(answer.body())
                        .map(BolnaAnswers::words)
                        .orElse("HTTP " + answer.status());
        return Wording.shown(text);
    }

    private static String words(JsonObject body) {
        for (String key : new String[] {"message", "detail", "error"}) {
            String text = Tolerant.text(body, key);
            if (text != null) {
                return text;
            }
        }
        return body.containsKey("detail") ? body.get("detail").toString() : body.toString();
    }
}
