package linekeeper.domain.call;

import linekeeper.domain.ProviderName;

import java.time.Duration;
import java.time.Instant;

/// Holds a slot and is dialed next, or is being dialed right now. Entered by a claim,
/// durable before the provider is asked (B1); left by the dial's result, by a webhook that was faster,
/// or, after a crash, by the reconciler.
///
/// @param deferrals as in [QueuedCall]
public record ReservedCall(AcceptedCall accepted, int attempt, Slot slot, int deferrals)
        implements UnboundCall {
    @Override
    public CallStatus status() {
        return CallStatus.DIALING;
    }

    @Override
    public ReservedCall on(Slot same) {
        return new ReservedCall(accepted, attempt, same, deferrals);
    }

    /// The provider's answer was lost: it may be ringing, so the slot stays taken (H1).
    public UnconfirmedCall unconfirmed(Instant now) {
        return new UnconfirmedCall(accepted, attempt, slot, now);
    }

    /// The provider certainly did not dial; it waits again, in the same attempt.
    public QueuedCall requeue(Duration delay, Instant now) {
        return new QueuedCall(accepted, attempt, now.plus(delay), deferrals + 1);
    }

    /// The provider certainly did not dial, another one is to; due since it was due before.
    public QueuedCall reroute(ProviderName next) {
        return new QueuedCall(accepted.via(next), attempt, slot.dueAt(), deferrals);
    }
}
