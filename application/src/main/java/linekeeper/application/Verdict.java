package linekeeper.application;

import linekeeper.application.port.DialResult;

/// What came of the turn of a reserved call.
sealed interface Verdict {
    /// The provider was asked.
    record Answered(DialResult result) implements Verdict {}

    /// It was not dialed: it was cancelled before its turn came.
    record Unwanted() implements Verdict {}

    /// It was not dialed: its `expires_at` has come.
    record TooLate() implements Verdict {}

    /// It was not dialed: it waited too long for its turn, others may have judged it meanwhile.
    record Stale() implements Verdict {}
}
