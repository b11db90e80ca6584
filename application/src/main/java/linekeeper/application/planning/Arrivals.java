package linekeeper.application.planning;

import java.time.Duration;

/// When calls of one kind are asked for, counted from the beginning.
public sealed interface Arrivals {
    /// One by one, independent of each other.
    ///
    /// @param perSecond how many in the mean; above zero
    /// @param until none is asked for after this
    record Poisson(double perSecond, Duration from, Duration until) implements Arrivals {
        public Poisson {
            if (!(perSecond > 0) || from.isNegative() || until.compareTo(from) < 0) {
                throw new IllegalArgumentException(
                        perSecond + " per second from " + from + " to " + until);
            }
        }
    }

    /// Many at once, and perhaps again.
    ///
    /// @param calls at least one
    /// @param every from one burst to the next; above zero if there are more
    /// @param times how often, at least once
    record Bursts(int calls, Duration at, Duration every, int times) implements Arrivals {
        public Bursts {
            boolean repeated = times == 1 || (times > 1 && every.isPositive());
            if (calls < 1 || at.isNegative() || !repeated) {
                throw new IllegalArgumentException(
                        calls + " calls at " + at + ", " + times + " times every " + every);
            }
        }

        /// Once.
        public static Bursts once(int calls, Duration at) {
            return new Bursts(calls, at, Duration.ZERO, 1);
        }
    }
}
