package linekeeper.application.port;

/// A provider's answer to the wish to end a call (H5).
public sealed interface StopResult {
    /// It will not be dialed any more.
    record Stopped() implements StopResult {}

    /// It is being hung up; a report follows.
    record HangingUp() implements StopResult {}

    /// This provider cannot end a call that has come so far.
    record Impossible(String why) implements StopResult {}

    /// No answer.
    record Unknown(String cause) implements StopResult {}
}
