package linekeeper.domain.call;

import linekeeper.domain.LeaseToken;
import linekeeper.domain.ProviderName;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Waits for a slot. Entered by accept, by requeue when the provider certainly did not dial, or after an
/// attempt that another follows; left by a claim, a cancel or its expiry. A crash leaves
/// it here.
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
        return reserve(lease, line, null, now);
    }

    /// As above, with its campaign's rules for trying again; null: the service's.
    public ReservedCall reserve(
            LeaseToken lease, Line line, @Nullable RetryPolicy retries, Instant now) {
        Slot slot = new Slot(lease, now, dueAt, retries, null);
        return new ReservedCall(accepted.over(line), attempt, slot, deferrals);
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
