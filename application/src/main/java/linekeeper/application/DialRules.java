package linekeeper.application;

import linekeeper.domain.queue.Backoff;

import java.time.Duration;

/// The times that decide what an unanswered dial means.
///
/// @param timeout of one request to a provider; above zero
/// @param grace unbound that long, a call is looked up at its provider; longer than the time-out, so
///     that nobody looks up a call whose dial is still under way
/// @param horizon unconfirmed that long, it is given up as `DIAL_UNCONFIRMED`; at least the grace
/// @param stale bound and silent that long, its provider is asked
/// @param putBack delays before a call that the provider did not take is tried again
public record DialRules(
        Duration timeout, Duration grace, Duration horizon, Duration stale, Backoff putBack) {
    public static final Backoff DEFAULT_PUT_BACK =
            new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    public static final DialRules DEFAULT =
            new DialRules(
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(60),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(10),
                    DEFAULT_PUT_BACK);

    public DialRules {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("dial timeout must be above zero");
        }
        if (grace.compareTo(timeout) <= 0) {
            throw new IllegalArgumentException("dial grace must be longer than the dial timeout");
        }
        if (horizon.compareTo(grace) < 0) {
            throw new IllegalArgumentException("dial horizon must not be shorter than the grace");
        }
        if (stale.isNegative() || stale.isZero()) {
            throw new IllegalArgumentException("call stale time must be above zero");
        }
    }

    /// A reserved call may be dialed only while its request is sure to be over before the grace is:
    /// after that the reconciler may already have judged it.
    Duration dialWithin() {
        return grace.minus(timeout);
    }
}
