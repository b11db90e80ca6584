package linekeeper.telephony.exchange;

/// What came of one HTTP request.
public sealed interface Exchange {
    /// @param body text, at most eight mebibytes
    record Answered(int status, String body) implements Exchange {
        public boolean successful() {
            return status / 100 == 2;
        }
    }

    /// The request certainly did not reach the server.
    record NotSent(String cause) implements Exchange {}

    /// The request was on its way and no answer came back.
    record Lost(String cause) implements Exchange {}
}
