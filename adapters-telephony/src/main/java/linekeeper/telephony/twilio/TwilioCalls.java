package linekeeper.telephony.twilio;

import linekeeper.application.port.StopResult;
import linekeeper.telephony.exchange.Exchange;
import linekeeper.telephony.exchange.Exchanger;
import linekeeper.telephony.exchange.Tolerant;

import java.util.Optional;

/// The live calls of a Twilio account, whoever dialed them. Thread-safe.
public final class TwilioCalls {
    private static final String ALREADY_OVER = "21220";
    private static final String NO_SUCH_CALL = "20404";

    private final Optional<TwilioApi> api;

    public TwilioCalls(TwilioSettings settings, Exchanger exchanger) {
        this(
                Optional.ofNullable(settings.account())
                        .map(account -> new TwilioApi(settings.url(), account, exchanger)));
    }

    TwilioCalls(Optional<TwilioApi> api) {
        this.api = api;
    }

    /// Takes back a call that is not answered yet, else hangs up. At most two requests (H5).
    public StopResult hangUp(String sid) {
        return api.map(known -> cancel(known, sid))
                .orElseGet(() -> new StopResult.Impossible("Twilio is not configured"));
    }

    /// Cancelling leaves an answered call alone, so this comes first. No callback follows for a call
    /// that was still in Twilio's queue.
    private static StopResult cancel(TwilioApi api, String sid) {
        return switch (api.update(sid, "canceled")) {
            case Exchange.Answered answer when answer.successful() -> cancelled(api, sid, answer);
            case Exchange.Answered answer when has(answer, ALREADY_OVER) -> complete(api, sid);
            case Exchange.Answered answer -> refused(answer);
            case Exchange.NotSent(String cause) -> new StopResult.Unknown(cause);
            case Exchange.Lost(String cause) -> new StopResult.Unknown(cause);
        };
    }

    private static StopResult cancelled(TwilioApi api, String sid, Exchange.Answered answer) {
        return switch (status(answer)) {
            case "canceled" -> new StopResult.Stopped();
            case "queued", "initiated", "ringing" -> new StopResult.HangingUp();
            case "busy", "completed", "failed", "no-answer" -> over();
            default -> complete(api, sid);
        };
    }

    private static StopResult complete(TwilioApi api, String sid) {
        return switch (api.update(sid, "completed")) {
            case Exchange.Answered answer when answer.successful() -> new StopResult.HangingUp();
            case Exchange.Answered answer when has(answer, ALREADY_OVER) -> over();
            case Exchange.Answered answer -> refused(answer);
            case Exchange.NotSent(String cause) -> new StopResult.Unknown(cause);
            case Exchange.Lost(String cause) -> new StopResult.Unknown(cause);
        };
    }

    /// Only Twilio's own refusal says for sure that nothing happened.
    private static StopResult refused(Exchange.Answered answer) {
        if (has(answer, NO_SUCH_CALL)) {
            return new StopResult.Impossible("Twilio knows no such call");
        }
        return answer.status() / 100 == 4
                ? new StopResult.Impossible(TwilioAnswers.message(answer))
                : new StopResult.Unknown("HTTP " + answer.status());
    }

    private static StopResult over() {
        return new StopResult.Impossible("The call is already over");
    }

    private static boolean has(Exchange.Answered answer, String code) {
        return code.equals(TwilioAnswers.code(answer));
    }

    private static String status(Exchange.Answered answer) {
        return Tolerant.object(answer.body())
                .flatMap(call -> Optional.ofNullable(Tolerant.text(call, "status")))
                .orElse("");
    }
}
