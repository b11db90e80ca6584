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

    /// How long it has held its slot.
    default Duration heldFor(Instant now) {
        return Duration.between(slot().reservedAt(), now);
    }
}
