package linekeeper.domain.call;

/// How far the provider says a bound call has come. Only ever forward, so a late or doubled webhook
/// changes nothing (H3).
public enum Progress {
    /// The provider has it.
    PLACED(CallStatus.DIALING, "placed"),
    RINGING(CallStatus.RINGING, "ringing"),
    ANSWERED(CallStatus.IN_PROGRESS, "answered"),
    /// The line is closed; the final report follows within minutes.
    DISCONNECTED(CallStatus.IN_PROGRESS, "disconnected");

    private final CallStatus status;
    private final String eventName;

    Progress(CallStatus status, String eventName) {
        this.status = status;
        this.eventName = eventName;
    }

    public CallStatus status() {
        return status;
    }

    /// What the timeline calls the moment it is reached.
    public String eventName() {
        return eventName;
    }
}
