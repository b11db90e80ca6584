package linekeeper.telephony.twilio;

import linekeeper.application.port.ExecutionReport.Over;
import linekeeper.application.port.ExecutionReport.Reached;
import linekeeper.application.port.ExecutionReport.Stage;
import linekeeper.application.port.ExecutionReport.Unrecognised;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Progress;
import linekeeper.telephony.exchange.Wording;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/// Twilio's words for where a call is, the same in callbacks and when asked.
final class TwilioStatus {
    private static final int LONGEST_WORD = 64;

    private TwilioStatus() {}

    /// @param reason why it failed, if it did; null: Twilio did not say
    static Stage stage(String status, CallFacts facts, @Nullable String reason) {
        return switch (status.toLowerCase(Locale.ROOT)) {
            case "queued", "initiated" -> new Reached(Progress.PLACED);
            case "ringing" -> new Reached(Progress.RINGING);
            case "in-progress" -> new Reached(Progress.ANSWERED);
            case "completed" -> new Over(new Outcome.Completed().given(facts));
            case "busy" -> new Over(new Outcome.Busy());
            case "no-answer" -> new Over(new Outcome.NoAnswer());
            case "canceled" -> new Over(new Outcome.Cancelled());
            case "failed" -> new Over(failed(reason));
            default -> new Unrecognised(Wording.cut(status, LONGEST_WORD));
        };
    }

    private static Outcome failed(@Nullable String reason) {
        String message = reason == null ? "Twilio gave no reason" : reason;
        return new Outcome.Failed(new Failure(Failure.PROVIDER_FAILED, message));
    }
}
