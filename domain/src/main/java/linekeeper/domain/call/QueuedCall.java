package linekeeper.domain.call;

import linekeeper.domain.LeaseToken;

import java.time.Instant;

/// Waits for a slot. Entered by accept, or by requeue when the provider certainly did not dial; left by
/// the dispatcher's claim, a cancel or its expiry. A crash leaves it here.
///
/// @param dueAt not dialed before
/// @param deferrals how often it was put back because the provider could not be reached; decides the
///     next back-off
public record QueuedCall(AcceptedCall accepted, int attempt, Instant dueAt, int deferrals)
        implements Call {
    @Override
    public CallStatus status() {
        return CallStatus.QUEUED;
    }

    /// It gets a slot; only now may it be dialed.
    public ReservedCall reserve(LeaseToken lease, Instant now) {
        return new ReservedCall(accepted, attempt, new Slot(lease, now, dueAt), deferrals);
    }

    /// It will never be dialed.
    ///
    /// @param why [Outcome.Cancelled] or [Outcome.Expired]
    public EndedCall withdraw(Outcome why, Instant now) {
        return new EndedCall(accepted, attempt, why, CallFacts.NONE, new Span(null, now), null);
    }
}
