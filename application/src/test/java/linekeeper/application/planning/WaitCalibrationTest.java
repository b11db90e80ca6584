package linekeeper.application.planning;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.AcceptCall.Accepted;
import linekeeper.application.AcceptCall.Waits;
import linekeeper.application.CallEngine;
import linekeeper.application.planning.Arrivals.Bursts;
import linekeeper.application.planning.Spread.Exponential;
import linekeeper.application.planning.Spread.Lognormal;
import linekeeper.application.port.CallObserver;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallKey;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.queue.WaitEstimate;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Direct calls start when they were told they would, once some calls have been observed (G1). What the
/// estimate does not know of, `docs/wait-estimates.md` says with figures.
final class WaitCalibrationTest {
    private static final Duration TIME = Duration.ofHours(40);
    private static final double ONE_SLOT = 1.0 / 60;
    private static final People TALKING = People.talking(new Exponential(Duration.ofSeconds(60)));

    @Test
    void holdsUnderASteadyLoad() {
        assertCalibrated(TALKING, TestPlans.direct(7.2 * ONE_SLOT, TIME));
    }

    @Test
    void holdsInBursts() {
        Bursts hourly = new Bursts(100, Duration.ofHours(1), Duration.ofHours(1), 36);

        assertCalibrated(
                TALKING,
                TestPlans.direct(3 * ONE_SLOT, TIME),
                Traffic.direct(AccountId.DEFAULT, hourly));
    }

    @Test
    void holdsWhenSomeTalkForVeryLong() {
        Spread heavyTailed = new Lognormal(Duration.ofSeconds(60), Duration.ofSeconds(120));

        assertCalibrated(People.talking(heavyTailed), TestPlans.direct(7.2 * ONE_SLOT, TIME));
    }

    private static void assertCalibrated(People people, Traffic... traffic) {
        Told told = new Told();
        PlanRun.of(TestPlans.of(1, 8, Duration.ZERO, List.of(traffic), people), told);

        assertThat(told.calls).isGreaterThan(2_000);
        assertThat(told.byP50 / told.calls).as("by p50").isBetween(0.40, 0.60);
        assertThat(told.byP90 / told.calls).as("by p90").isBetween(0.85, 0.95);
    }

    /// What calls were told when they were accepted, and how many kept to it.
    private static final class Told implements Watch {
        private final Map<CallKey, Estimated> waiting = new HashMap<>();
        private double calls;
        private double byP50;
        private double byP90;

        @Override
        public void accepted(Accepted answer, Instant now, CallEngine engine) {
            boolean warm = now.isAfter(TestPlans.START.plus(Duration.ofHours(1)));
            if (warm && answer instanceof Waits(var forecast)) {
                waiting.put(forecast.call().key(), new Estimated(now, forecast.estimate()));
            }
        }

        private void starts(ReservedCall call) {
            Estimated told = waiting.remove(call.key());
            if (told != null) {
                Duration waited = Duration.between(told.at, call.slot().reservedAt());
                calls++;
                byP50 += waited.compareTo(told.estimate.p50()) <= 0 ? 1 : 0;
                byP90 += waited.compareTo(told.estimate.p90()) <= 0 ? 1 : 0;
            }
        }

        @Override
        public CallObserver over(CallObserver figures) {
            return new CallObserver() {
                @Override
                public void reserved(ReservedCall call) {
                    figures.reserved(call);
                    starts(call);
                }

                @Override
                public void slotFreed(AccountId account, Instant now) {
                    figures.slotFreed(account, now);
                }

                @Override
                public void ended(EndedCall call) {
                    figures.ended(call);
                }
            };
        }

        private record Estimated(Instant at, WaitEstimate estimate) {}
    }
}
