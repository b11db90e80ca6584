package linekeeper.domain.call;

import linekeeper.domain.ExecutionId;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// Over; its status never changes again. Facts that the provider tells late (recording, cost) are
/// still added.
///
/// @param execution null if the provider never confirmed the call
public record EndedCall(
        AcceptedCall accepted,
        int attempt,
        Outcome outcome,
        CallFacts facts,
        Span span,
        @Nullable ExecutionId execution)
        implements Call {
    @Override
    public CallStatus status() {
        return outcome.status();
    }

    /// The same end of a call that somebody wanted to end: before anybody answered, that is what was
    /// wished for. What an operator decided or nobody knows stays as it is.
    public EndedCall asWished() {
        boolean fulfilled =
                switch (outcome) {
                    case Outcome.NoAnswer(), Outcome.Busy(), Outcome.Expired() -> true;
                    case Outcome.Failed(Failure failure) ->
                            facts.answeredAt() == null && failure.nobodyWasReached();
                    case Outcome.Completed(), Outcome.Voicemail(), Outcome.Cancelled() -> false;
                };
        return fulfilled
                ? new EndedCall(accepted, attempt, new Outcome.Cancelled(), facts, span, execution)
                : this;
    }

    /// The provider confirms only now that it had the call.
    public EndedCall identify(ExecutionId late) {
        return new EndedCall(accepted, attempt, outcome, facts, span, late);
    }

    /// The call with what was not known at its end; empty if `late` tells nothing new.
    public Optional<EndedCall> amend(CallFacts late) {
        CallFacts merged = late.mergedWith(facts);
        return merged.equals(facts)
                ? Optional.empty()
                : Optional.of(new EndedCall(accepted, attempt, outcome, merged, span, execution));
    }
}
