package linekeeper.domain.queue;

import java.time.Duration;

/// Waits that double from `first` up to `longest`; stateless, jitter is the caller's factor.
public record Backoff(Duration first, Duration longest) {
    private static final int MOST_DOUBLINGS = 30;

    public Backoff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("back-off from " + first + " to " + longest);
        }
    }

    /// @param failures how often it was tried in vain before, from 0
    public Duration delay(int failures) {
        int doublings = Math.min(failures, MOST_DOUBLINGS);
        Duration doubled = first.multipliedBy(1L << doublings);
        return doubled.compareTo(longest) > 0 ? longest : doubled;
    }
}
