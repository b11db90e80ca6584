package linekeeper.domain.call;

import linekeeper.domain.InvalidValue;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// When the call may be dialed.
///
/// @param scheduledAt not before; null: at once
/// @param expiresAt not at or after; null: no end
public record Timing(@Nullable Instant scheduledAt, @Nullable Instant expiresAt) {
    public static final Timing ANY = new Timing(null, null);

    public Timing {
        if (scheduledAt != null && expiresAt != null && !expiresAt.isAfter(scheduledAt)) {
            throw new InvalidValue("expires_at", "must be after scheduled_at");
        }
    }

    /// When a call accepted at `acceptedAt` is due.
    public Instant dueAt(Instant acceptedAt) {
        return scheduledAt == null || scheduledAt.isBefore(acceptedAt) ? acceptedAt : scheduledAt;
    }

    public boolean expired(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }
}
