package linekeeper.application.planning;

import linekeeper.domain.call.QueuedCall;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/// Do calls start when they were told they would (G1)? Every scenario is a plan with waiting calls that
/// are told when they will probably start. The same seed and hours give the same figures.
public final class Calibration {
    private Calibration() {}

    /// Runs a scenario for some simulated hours.
    ///
    /// @param hours at least 2: the first is not counted
    public static Kept of(Scenario scenario, long seed, int hours) {
        Plan plan = scenario.plan.over(seed, Duration.ofHours(hours));
        Duration unseen = scenario.warmCalls > 0 ? Duration.ZERO : Duration.ofHours(1);
        Told told = new Told(plan.start().plus(unseen), scenario.warmCalls, scenario.counted);
        PlanRun.of(plan, told);
        return told.kept();
    }

    public static List<Scenario> scenarios() {
        return CalibrationPlans.ALL;
    }

    /// @param warmCalls so many calls of an account are over before its estimates count
    public record Scenario(
            String name, PlanOver plan, Predicate<QueuedCall> counted, int warmCalls) {}

    /// Makes a plan of some length.
    @FunctionalInterface
    public interface PlanOver {
        Plan over(long seed, Duration time);
    }

    /// How many of the calls that waited had started by the time they were told.
    public record Kept(int calls, int byP50, int byP90) {
        public double shareByP50() {
            return (double) byP50 / calls;
        }

        public double shareByP90() {
            return (double) byP90 / calls;
        }

        /// p50 is kept by 40 to 60 %, p90 by 85 to 95 %.
        public boolean holds() {
            return within(shareByP50(), 0.40, 0.60) && within(shareByP90(), 0.85, 0.95);
        }

        private static boolean within(double share, double least, double most) {
            return share >= least && share <= most;
        }
    }
}
