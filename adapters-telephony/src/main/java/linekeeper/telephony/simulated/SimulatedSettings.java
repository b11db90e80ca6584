package linekeeper.telephony.simulated;

import java.time.Duration;

/// How simulated calls behave.
///
/// @param duration of an answered call, from the dial to its end
/// @param spread how far durations scatter around that, as a part of it: 0 not at all, 1 from zero to
///     twice
/// @param answerRate the share of calls that are answered, 0 to 1
/// @param latency of the simulated provider's answer to a dial
public record SimulatedSettings(
        Duration duration, double spread, double answerRate, Duration latency) {
    public SimulatedSettings {
        if (duration.isNegative() || latency.isNegative()) {
            throw new IllegalArgumentException("durations must not be negative");
        }
        if (!(answerRate >= 0 && answerRate <= 1) || !(spread >= 0 && spread <= 1)) {
            throw new IllegalArgumentException("answer rate and spread must be 0 to 1");
        }
    }
}
