package linekeeper.domain.queue;

import linekeeper.domain.InvalidValue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/// How fast calls may be given out (F4). In any `t` seconds no more than `perSecond * t` and, at once
/// besides, one second's worth of them, but at least one.
///
/// @param perSecond 0.001 to 1000
public record Rate(BigDecimal perSecond) {
    private static final BigDecimal LEAST = new BigDecimal("0.001");
    private static final BigDecimal MOST = new BigDecimal("1000");
    private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);
    private static final Duration SECOND = Duration.ofSeconds(1);

    public Rate {
        if (perSecond.compareTo(LEAST) < 0 || perSecond.compareTo(MOST) > 0) {
            throw new InvalidValue("calls_per_second", "must be " + LEAST + " to " + MOST);
        }
    }

    public static Rate perSecond(String calls) {
        return new Rate(new BigDecimal(calls));
    }

    /// From one call to the next, in whole microseconds, rounded up: rather too slow than too fast.
    public Duration interval() {
        BigDecimal micros = MICROS.divide(perSecond, 0, RoundingMode.CEILING);
        return Duration.of(micros.longValueExact(), ChronoUnit.MICROS);
    }

    /// What can be saved up for calls at once.
    Duration burst() {
        Duration interval = interval();
        return interval.compareTo(SECOND) > 0 ? interval : SECOND;
    }
}
