package linekeeper.application.port;

import linekeeper.domain.CallKey;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Progress;

import org.jspecify.annotations.Nullable;

/// What a provider says of one execution, by webhook or when asked, in our words.
///
/// @param echo whose call the provider was told it is; null: it did not say
public record ExecutionReport(
        ExecutionId execution, @Nullable Echo echo, Stage stage, CallFacts facts) {

    /// Our own ids, sent with the dial and read back.
    public record Echo(CallKey key, int attempt) {}

    /// Where the execution is.
    public sealed interface Stage {}

    public record Reached(Progress progress) implements Stage {}

    public record Over(Outcome outcome) implements Stage {}

    /// The provider used a word that this release does not know; kept, changes nothing.
    public record Unrecognised(String word) implements Stage {}

    /// The part of an unconfirmed end that may be believed: the line is closed.
    public ExecutionReport asDisconnected() {
        return new ExecutionReport(
                execution, echo, new Reached(Progress.DISCONNECTED), CallFacts.NONE);
    }

    /// Whether it says how the call ended.
    public boolean terminal() {
        return stage instanceof Over;
    }
}
