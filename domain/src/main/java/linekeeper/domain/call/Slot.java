package linekeeper.domain.call;

import linekeeper.domain.LeaseToken;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// The concurrency slot a live call holds, taken before anything is dialed (B1), and what goes for this
/// attempt alone.
///
/// @param dueAt since when the call could have had it, at or before `reservedAt`
/// @param retries the campaign's rules as they were when the slot was taken; null: the service's
/// @param wish null: nobody asked for the call to end
public record Slot(
        LeaseToken lease,
        Instant reservedAt,
        Instant dueAt,
        @Nullable RetryPolicy retries,
        @Nullable CancelWish wish) {
    public Slot(LeaseToken lease, Instant reservedAt, Instant dueAt) {
        this(lease, reservedAt, dueAt, null, null);
    }

    /// How long the call waited for it.
    public Duration waited() {
        return Duration.between(dueAt, reservedAt);
    }

    /// Whether the provider must still be asked to end the call.
    public boolean hangUpPending() {
        return wish != null && !wish.answered();
    }

    Slot wished(Instant now) {
        return new Slot(
                lease, reservedAt, dueAt, retries, wish == null ? CancelWish.at(now) : wish);
    }

    Slot wishAnswered() {
        CancelWish answered = wish == null ? null : new CancelWish(wish.askedAt(), true);
        return new Slot(lease, reservedAt, dueAt, retries, answered);
    }
}
