package linekeeper.telephony.elevenlabs.fake;

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
    /// The answer begins in time and ends when the fake is released; the call is placed.
    HANG_AMID(true),
    /// The answer takes its time and comes; the call is placed.
    SLOW(true),
    REQUEST_TIMEOUT(true, 408, "{\"detail\":\"Request timeout\"}"),
    ERROR_500(
            false,
            500,
            "{\"detail\":{\"type\":\"internal_error\",\"code\":\"internal_error\",\"message\":\"oops\"}}"),
    /// An error after the call was placed all the same.
    ERROR_500_AFTER(true, 500, "{\"detail\":\"Internal server error\"}"),
    BAD_GATEWAY(true, 502, "<html>502 Bad Gateway</html>"),
    UNAVAILABLE(
            false,
            503,
            "{\"detail\":{\"type\":\"service_unavailable\",\"code\":\"system_busy\",\"message\":\"later\"}}"),
    /// Success, with an answer that nobody can read.
    MALFORMED(true, 200, "<html>done</html>"),
    EMPTY(true, 200, ""),
    REDIRECTED(false, 307, ""),
    NOT_PLACED(
            false,
            200,
            "{\"success\":false,\"message\":\"Number +14155550100 cannot be called\","
                    + "\"conversation_id\":null,\"callSid\":null}"),
    /// It says no, and names a call of the carrier's.
    CONTRADICTION(
            true,
            200,
            "{\"success\":false,\"message\":\"?\",\"conversation_id\":null,\"callSid\":\"CA1\"}"),
    /// It says yes, and names nothing.
    NULL_IDS(
            false,
            200,
            "{\"success\":true,\"message\":\"ok\",\"conversation_id\":null,\"callSid\":null}"),
    /// It says yes and names the carrier's call only.
    NULL_CONVERSATION(
            true,
            200,
            "{\"success\":true,\"message\":\"ok\",\"conversation_id\":null,\"callSid\":\"CA1\"}");

    private final boolean places;
    private final int status;
    private final String body;

    Fault(boolean places) {
        this(places, 0, "");
    }

    Fault(boolean places, int status, String body) {
        this.places = places;
        this.status = status;
        this.body = body;
    }

    boolean places() {
        return places;
    }

    int status() {
        return status;
    }

    String body() {
        return body;
    }
}
