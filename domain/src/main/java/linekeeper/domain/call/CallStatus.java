package linekeeper.domain.call;

import java.util.Arrays;
import java.util.Optional;

/// A call's state as the public API names it. It never moves backward within an attempt.
public enum CallStatus {
    /// Accepted, holds no slot. Moved on by a claim, a cancel, or its expiry.
    QUEUED("queued"),
    /// Holds a slot; the provider is asked or about to be, or has taken the call and says nothing yet.
    DIALING("dialing"),
    /// The provider's answer was lost. Keeps its slot; a webhook or the reconciler moves it on (H1).
    DIAL_UNKNOWN("dial_unknown"),
    /// The provider reports ringing.
    RINGING("ringing"),
    /// The provider reports that somebody answered.
    IN_PROGRESS("in_progress"),
    /// Ended by the provider's report: somebody answered and the line was closed.
    COMPLETED("completed"),
    /// Ended by the provider's report: nobody answered.
    NO_ANSWER("no_answer"),
    /// Ended by the provider's report: the line was busy.
    BUSY("busy"),
    /// Ended by the provider's report: a machine answered.
    VOICEMAIL("voicemail"),
    /// Refused, broken, released by an operator, or never confirmed; has an error code.
    FAILED("failed"),
    /// Ended before it was answered because somebody asked for that.
    CANCELLED("cancelled"),
    /// Still queued at its `expires_at`; not dialed, or not again.
    EXPIRED("expired");

    private final String wireName;

    CallStatus(String wireName) {
        this.wireName = wireName;
    }

    /// As the public API and the database spell it.
    public String wireName() {
        return wireName;
    }

    /// Whether nothing follows.
    public boolean terminal() {
        return compareTo(COMPLETED) >= 0;
    }

    public static Optional<CallStatus> named(String wireName) {
        return Arrays.stream(values()).filter(s -> s.wireName.equals(wireName)).findFirst();
    }
}
