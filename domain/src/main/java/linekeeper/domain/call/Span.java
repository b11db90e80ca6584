package linekeeper.domain.call;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// From a call's reservation to its end.
///
/// @param startedAt when its slot was reserved; null: it was never dialed
public record Span(@Nullable Instant startedAt, Instant endedAt) {
    /// How long the slot was held; zero if none was.
    public Duration held() {
        return startedAt == null ? Duration.ZERO : Duration.between(startedAt, endedAt);
    }
}
