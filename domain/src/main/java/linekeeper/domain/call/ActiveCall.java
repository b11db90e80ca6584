package linekeeper.domain.call;

import linekeeper.domain.ExecutionId;

import java.time.Instant;
import java.util.Optional;

/// The provider has the call. Entered by bind; moved by its reports; left when one says how it ended,
/// or by the reconciler when none comes.
///
/// @param seenAt when the provider last said anything about it
public record ActiveCall(
        AcceptedCall accepted,
        int attempt,
        Slot slot,
        ExecutionId execution,
        Progress progress,
        Instant seenAt,
        CallFacts facts)
        implements LiveCall {
    @Override
    public CallStatus status() {
        return progress.status();
    }

    /// A report of `to`; empty if the call had come that far already.
    public Optional<ActiveCall> advance(Progress to, CallFacts reported, Instant now) {
        if (to.compareTo(progress) <= 0) {
            return Optional.empty();
        }
        return Optional.of(
                new ActiveCall(
                        accepted, attempt, slot, execution, to, now, facts.mergedWith(reported)));
    }

    /// A report that moves nothing forward but tells what was not known, such as who answered; empty if
    /// it does not. It may be an old one, so what is known stays.
    public Optional<ActiveCall> learn(CallFacts reported, Instant now) {
        CallFacts merged = reported.mergedWith(facts);
        return merged.equals(facts)
                ? Optional.empty()
                : Optional.of(
                        new ActiveCall(accepted, attempt, slot, execution, progress, now, merged));
    }

    /// The provider was heard of and had nothing new.
    public ActiveCall seen(Instant now) {
        return new ActiveCall(accepted, attempt, slot, execution, progress, now, facts);
    }

    @Override
    public ActiveCall on(Slot same) {
        return new ActiveCall(accepted, attempt, same, execution, progress, seenAt, facts);
    }

    @Override
    public EndedCall end(Outcome outcome, CallFacts reported, Instant now) {
        Span span = new Span(slot.reservedAt(), now);
        return new EndedCall(
                accepted, attempt, outcome, facts.mergedWith(reported), span, execution);
    }
}
