package linekeeper.application.planning;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/// How a number went over time, as means over equal spans; the spans grow with the whole, so that there
/// are never more than 240. Not thread-safe.
public final class Curve {
    private static final int SPANS = 240;

    private final Instant start;
    private final double[] sums = new double[SPANS];
    private double span = 1;
    private double at;
    private int value;
    private double total;

    Curve(Instant start) {
        this.start = start;
    }

    void add(int change, Instant now) {
        upTo(now);
        value += change;
    }

    int value() {
        return value;
    }

    void upTo(Instant now) {
        double to = Duration.between(start, now).toNanos() / 1e9;
        total += value * (to - at);
        while (to > span * SPANS) {
            halve();
        }
        while (at < to) {
            int index = Math.min((int) (at / span), SPANS - 1);
            double end = index == SPANS - 1 ? to : Math.min(to, (index + 1) * span);
            // What rounding leaves of a span belongs to the next.
            end = end <= at ? to : end;
            sums[index] += value * (end - at);
            at = end;
        }
    }

    private void halve() {
        for (int i = 0; i < SPANS / 2; i++) {
            sums[i] = sums[2 * i] + sums[2 * i + 1];
        }
        Arrays.fill(sums, SPANS / 2, SPANS, 0);
        span *= 2;
    }

    /// Of the whole time so far.
    public double mean() {
        return at == 0 ? value : total / at;
    }

    /// One after the other; the last span may not be over.
    public double[] means() {
        double[] means = new double[(int) Math.ceil(at / span)];
        for (int i = 0; i < means.length; i++) {
            means[i] = sums[i] / Math.min(span, at - i * span);
        }
        return means;
    }

    /// One span's length.
    public Duration span() {
        return Duration.ofSeconds((long) span);
    }
}
