package linekeeper.domain.queue;

import java.time.Duration;

/// When a waiting call will probably start, counted from now (D1, G1).
///
/// With `c` slots all taken, the call at position `n` starts when the `n`-th of them is freed. That
/// moment is taken as gamma distributed with mean `n · m / c`, `m` being the mean holding time, and a
/// variance that follows the variation of the holding times; its quantiles are Wilson and Hilferty's.
///
/// @param p50 as likely earlier as later
/// @param p90 nine in ten start by then
public record WaitEstimate(Duration p50, Duration p90) {
    private static final double Z50 = 0;
    private static final double Z90 = 1.2815515655446004;
    private static final Duration LONGEST = Duration.ofDays(30);

    /// @param position 1 is next
    /// @param slots how many such calls can be live at once; with 0, nothing starts: 30 days
    public static WaitEstimate of(int position, int slots, HoldingTime holding) {
        if (slots < 1) {
            return new WaitEstimate(LONGEST, LONGEST);
        }
        double mean = position * holding.meanSeconds() / slots;
        double shape = position / holding.variation();
        return new WaitEstimate(quantile(mean, shape, Z50), quantile(mean, shape, Z90));
    }

    /// Not before `delay` has passed: the call is due only then.
    public WaitEstimate notBefore(Duration delay) {
        return new WaitEstimate(later(p50, delay), later(p90, delay));
    }

    /// The p50 in whole minutes, rounded up.
    public long minutes() {
        return p50.plus(Duration.ofMinutes(1)).minusNanos(1).toMinutes();
    }

    private static Duration quantile(double mean, double shape, double z) {
        double ninth = 1 / (9 * shape);
        double root = Math.max(0, 1 - ninth + z * Math.sqrt(ninth));
        double seconds = Math.min(mean * root * root * root, (double) LONGEST.toSeconds());
        return Duration.ofMillis(Math.round(seconds * 1_000));
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
