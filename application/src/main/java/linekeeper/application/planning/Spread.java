package linekeeper.application.planning;

import linekeeper.application.simulation.Chance;

import java.time.Duration;

/// How a time spreads from one call to the next. Drawn in whole microseconds, from 0 to 30 days.
public sealed interface Spread {
    Duration LONGEST = Duration.ofDays(30);

    /// Every time is the same.
    static Spread always(Duration time) {
        return new Fixed(time);
    }

    Duration mean();

    /// Seconds, before they are cut to what a time can be.
    double seconds(Chance chance);

    default Duration draw(Chance chance) {
        double seconds = Math.min(Math.max(0, seconds(chance)), (double) LONGEST.toSeconds());
        return Duration.ofNanos(Math.round(seconds * 1e6) * 1_000);
    }

    record Fixed(Duration mean) implements Spread {
        public Fixed {
            check(mean);
        }

        @Override
        public double seconds(Chance chance) {
            return mean.toNanos() / 1e9;
        }
    }

    /// Without memory: however long it has lasted, the rest spreads alike.
    record Exponential(Duration mean) implements Spread {
        public Exponential {
            check(mean);
        }

        @Override
        public double seconds(Chance chance) {
            return mean.toNanos() / 1e9 * -Math.log1p(-chance.generator().nextDouble());
        }
    }

    /// @param to not before `from`
    record Uniform(Duration from, Duration to) implements Spread {
        public Uniform {
            check(from);
            check(to);
            if (to.compareTo(from) < 0) {
                throw new IllegalArgumentException("from " + from + " to " + to);
            }
        }

        @Override
        public Duration mean() {
            return from.plus(to).dividedBy(2);
        }

        @Override
        public double seconds(Chance chance) {
            double share = chance.generator().nextDouble();
            return (from.toNanos() + share * to.minus(from).toNanos()) / 1e9;
        }
    }

    /// Many short ones and a few very long ones, as people talk.
    ///
    /// @param mean above zero
    /// @param deviation the standard deviation
    record Lognormal(Duration mean, Duration deviation) implements Spread {
        public Lognormal {
            check(mean);
            check(deviation);
            if (mean.isZero()) {
                throw new IllegalArgumentException("mean must be above zero");
            }
        }

        @Override
        public double seconds(Chance chance) {
            double variation = (double) deviation.toNanos() / mean.toNanos();
            double variance = Math.log1p(variation * variation);
            double location = Math.log(mean.toNanos() / 1e9) - variance / 2;
            return Math.exp(location + Math.sqrt(variance) * chance.generator().nextGaussian());
        }
    }

    private static void check(Duration time) {
        if (time.isNegative() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a time is zero to " + LONGEST + ", not " + time);
        }
    }
}
