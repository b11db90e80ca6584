package linekeeper.telephony.twilio.fake;

/// How the next create goes wrong.
public enum Fault {
    /// No answer in time, and no call.
    HANG_BEFORE(false),
    /// No answer in time, and a call.
    HANG_AFTER(true),
    DROP_BEFORE(false),
    DROP_AFTER(true),
    ERROR_500(false),
    ERROR_500_AFTER(true),
    /// 503, upon which Twilio's own client sends its request up to six times.
    UNAVAILABLE(false),
    /// 201, and not the documented JSON.
    MALFORMED(true),
    /// 408 from something in between.
    REQUEST_TIMEOUT(true),
    /// Too many requests at once: certainly not processed.
    TOO_MANY(false),
    /// Too many calls at once.
    CONCURRENCY(false),
    /// More than a day's calls are queued.
    QUEUE_FULL(false),
    /// 403 by something that is not Twilio.
    PROXY(false);

    private final boolean places;

    Fault(boolean places) {
        this.places = places;
    }

    boolean places() {
        return places;
    }
}
