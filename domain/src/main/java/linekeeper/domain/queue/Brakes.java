package linekeeper.domain.queue;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// What holds a due call back besides limits; null: that does not.
///
/// @param probeAt its provider fails and is tried again then (H6)
/// @param providerToken its provider's pace lets the next call go then (F4)
/// @param campaignToken its campaign's pace does
public record Brakes(
        @Nullable Instant probeAt,
        @Nullable Instant providerToken,
        @Nullable Instant campaignToken) {
    public static final Brakes NONE = new Brakes(null, null, null);

    /// When a bucket lets the next call go; null: at once, or there is no bucket.
    public static @Nullable Instant token(@Nullable TokenBucket bucket, Instant now) {
        return bucket == null || bucket.tokens(now) > 0 ? null : bucket.nextAt();
    }

    public Brakes withProbeAt(@Nullable Instant at) {
        return new Brakes(at, providerToken, campaignToken);
    }

    /// The later of what the paces say; null: neither holds it back.
    public @Nullable Instant token() {
        return later(providerToken, campaignToken);
    }

    /// When nothing of this holds it back any more, at the earliest; null: nothing does.
    public @Nullable Instant releasedAt() {
        return later(probeAt, token());
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }
}
