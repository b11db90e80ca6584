package linekeeper.domain.call;

import linekeeper.domain.LeaseToken;

import java.time.Duration;
import java.time.Instant;

/// The concurrency slot a live call holds, taken before anything is dialed (B1).
///
/// @param dueAt since when the call could have had it, at or before `reservedAt`
public record Slot(LeaseToken lease, Instant reservedAt, Instant dueAt) {
    /// How long the call waited for it.
    public Duration waited() {
        return Duration.between(dueAt, reservedAt);
    }
}
