package linekeeper.domain.call;

import java.time.Duration;
import java.time.Instant;

/// A call that holds a slot: exactly one, for as long as it is in one of these states.
public sealed interface LiveCall extends Call permits UnboundCall, ActiveCall {
    Slot slot();

    /// The call ends and gives its slot back.
    ///
    /// @param facts what the provider told about it
    EndedCall end(Outcome outcome, CallFacts facts, Instant now);

    /// This attempt is over and another follows: it waits for it, without a slot.
    ///
    /// @param dueAt not dialed before
    default QueuedCall again(Instant dueAt) {
        return new QueuedCall(accepted(), attempt() + 1, dueAt, 0);
    }

    /// Somebody wants it to end (H5); the first wish counts.
    default LiveCall cancelWished(Instant now) {
        return on(slot().wished(now));
    }

    /// The provider has said what it does about the wish.
    default LiveCall cancelAnswered() {
        return on(slot().wishAnswered());
    }

    /// The same state, with more known of its slot.
    LiveCall on(Slot same);

    /// How long it has held its slot.
    default Duration heldFor(Instant now) {
        return Duration.between(slot().reservedAt(), now);
    }
}
