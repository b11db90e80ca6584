package linekeeper.domain.call;

import linekeeper.domain.LeaseToken;
import linekeeper.domain.ProviderName;

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

    public QueuedCall {
        accepted = accepted.over(Line.asAsked(accepted.request().routing()));
    }

    /// It gets a slot; only now may it be dialed, over the line that was asked for.
    public ReservedCall reserve(LeaseToken lease, Instant now) {
        return reserve(lease, accepted.line(), now);
    }

    /// It gets a slot, and is to be dialed over `line`.
    public ReservedCall reserve(LeaseToken lease, Line line, Instant now) {
        return new ReservedCall(
                accepted.over(line), attempt, new Slot(lease, now, dueAt), deferrals);
    }

    /// Another provider is to dial it; it keeps its place.
    public QueuedCall reroute(ProviderName next) {
        return new QueuedCall(accepted.via(next), attempt, dueAt, deferrals);
    }

    /// It will never be dialed.
    ///
    /// @param why [Outcome.Cancelled] or [Outcome.Expired]
    public EndedCall withdraw(Outcome why, Instant now) {
        return new EndedCall(accepted, attempt, why, CallFacts.NONE, new Span(null, now), null);
    }
}
