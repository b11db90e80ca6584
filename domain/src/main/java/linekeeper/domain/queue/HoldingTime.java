package linekeeper.domain.queue;

import java.time.Duration;
import java.util.List;

/// How long an account's calls hold their slots, from reservation to end.
///
/// @param meanSeconds above zero
/// @param variation the squared coefficient of variation, variance over squared mean; 1 is
///     exponential
/// @param observations how many calls it was learned from, the prior's worth included; the fewer, the
///     less sure the mean is
public record HoldingTime(double meanSeconds, double variation, int observations) {
    /// How many observations the prior is worth.
    private static final int PRIOR_WEIGHT = 5;

    /// Before anything was observed: a minute, exponentially distributed (D1).
    public static final HoldingTime PRIOR = new HoldingTime(60, 1, PRIOR_WEIGHT);

    private static final double SHORTEST_SECONDS = 0.001;
    private static final double LEAST_VARIATION = 0.05;

    public HoldingTime {
        if (!(meanSeconds > 0) || !(variation > 0) || observations < 1) {
            throw new IllegalArgumentException("holding time must be above zero");
        }
    }

    /// Learned from the latest calls; the prior fades as observations come in.
    public static HoldingTime observed(List<Duration> held) {
        double count = (double) held.size() + PRIOR_WEIGHT;
        double sum = PRIOR.meanSeconds * PRIOR_WEIGHT;
        double squares = 2 * PRIOR.meanSeconds * PRIOR.meanSeconds * PRIOR_WEIGHT;
        for (Duration one : held) {
            double seconds = one.toNanos() / 1e9;
            sum += seconds;
            squares += seconds * seconds;
        }
        double mean = Math.max(sum / count, SHORTEST_SECONDS);
        double variance = squares / count - mean * mean;
        return new HoldingTime(
                mean,
                Math.max(variance / (mean * mean), LEAST_VARIATION),
                held.size() + PRIOR_WEIGHT);
    }
}
