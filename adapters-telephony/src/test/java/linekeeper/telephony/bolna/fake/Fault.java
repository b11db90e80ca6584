package linekeeper.telephony.bolna.fake;

/// What goes wrong with a create request.
public enum Fault {
    /// The connection is closed without an answer; nobody is called.
    DROP_BEFORE(false),
    /// The connection is closed without an answer; the call is placed.
    DROP_AFTER(true),
    /// No answer until the fake is released; nobody is called.
    HANG_BEFORE(false),
    /// No answer until the fake is released; the call is placed.
    HANG_AFTER(true),
    ERROR_500(false),
    /// An error after the call was placed all the same.
    ERROR_500_AFTER(true),
    RATE_LIMITED(false),
    REJECTED(false),
    /// Success, with an answer that nobody can read.
    MALFORMED(true);

    private final boolean places;

    Fault(boolean places) {
        this.places = places;
    }

    boolean places() {
        return places;
    }
}
