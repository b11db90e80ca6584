package linekeeper.application.port;

import linekeeper.domain.CallKey;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Progress;
import linekeeper.domain.call.Spoken;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What a provider says of one execution, by webhook or when asked, in our words.
///
/// @param echo whose call the provider was told it is; null: it did not say
/// @param transcript the whole conversation in its order, at most 5 000 lines; empty: not told
public record ExecutionReport(
        ExecutionId execution,
        @Nullable Echo echo,
        Stage stage,
        CallFacts facts,
        List<Spoken> transcript) {
    private static final int MOST_LINES = 5_000;

    public ExecutionReport {
        transcript = List.copyOf(transcript.subList(0, Math.min(transcript.size(), MOST_LINES)));
    }

    /// Without a transcript.
    public ExecutionReport(
            ExecutionId execution, @Nullable Echo echo, Stage stage, CallFacts facts) {
        this(execution, echo, stage, facts, List.of());
    }

    /// The same report, of the attempt it is known to speak of if it does not say so itself.
    public ExecutionReport knownAs(@Nullable Echo attempt) {
        return echo == null
                ? new ExecutionReport(execution, attempt, stage, facts, transcript)
                : this;
    }

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
