package linekeeper.application.port;

/// A provider's answer to the question what became of a call (H2).
public sealed interface Lookup {
    record Found(ExecutionReport report) implements Lookup {}

    /// The provider was asked and has no such call.
    record Absent() implements Lookup {}

    /// No answer, or one that does not decide.
    record Undecided(String cause) implements Lookup {}
}
