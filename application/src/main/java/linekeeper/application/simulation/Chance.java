package linekeeper.application.simulation;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Chance that a seed decides. Each actor has its own, by name, so that one who asks more often does not
/// change what the others get. Not thread-safe.
public final class Chance {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final long seed;
    private final RandomGenerator random;

    private Chance(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(mixed(seed));
    }

    public static Chance of(long seed) {
        return new Chance(seed);
    }

    /// Another actor's; the same for the same seed and name, whatever was asked before.
    public Chance of(String actor) {
        return new Chance(mixed(mixed(seed) ^ (actor.hashCode() * GOLDEN + actor.length())));
    }

    /// Generators whose seeds are near each other, or a few golden ratios apart, run through the same
    /// numbers, only shifted; seeds are mixed until nothing of that is left.
    private static long mixed(long value) {
        long once = (value ^ (value >>> 33)) * 0xFF51AFD7ED558CCDL;
        long twice = (once ^ (once >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return twice ^ (twice >>> 33);
    }

    /// The same, for those who ask for a generator.
    public RandomGenerator generator() {
        return random;
    }

    /// True in `share` of all cases, 0 to 1.
    public boolean hit(double share) {
        return random.nextDouble() < share;
    }

    /// 0 up to, but not, `bound`; at least 1.
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /// Each as likely as the others.
    ///
    /// @param choices at least one
    public <T> T oneOf(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /// Uniform, `from` included, up to a microsecond.
    ///
    /// @param to not before `from`
    public Duration between(Duration from, Duration to) {
        long micros = to.minus(from).toNanos() / 1_000;
        return from.plusNanos(random.nextLong(micros + 1) * 1_000);
    }

    /// Exponentially distributed, in whole microseconds.
    public Duration exponential(Duration mean) {
        double nanos = mean.toNanos() * -Math.log1p(-random.nextDouble());
        return Duration.ofNanos((long) nanos / 1_000 * 1_000);
    }
}
