package linekeeper.application.simulation.faults;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/// The fault simulation of one seed (G3): the real use cases on several nodes over one store in memory,
/// everything around them failing as the seed decides, every invariant looked at after every step.
///
/// The same seed, calls and faults make the same run, step by step. Thread-safe.
public final class FaultRun implements SeedRuns {
    /// How many calls a run has at most.
    public static final int MOST_CALLS = Scenario.MOST_CALLS;

    private final Executor threads;
    private final Flaw flaw;

    /// @param threads begins each task at once on a thread of its own
    public FaultRun(Executor threads) {
        this(threads, Flaw.NONE);
    }

    FaultRun(Executor threads, Flaw flaw) {
        this.threads = threads;
        this.flaw = flaw;
    }

    /// Runs a seed as it is.
    public Ran run(long seed) {
        return run(new Wanted(seed, MOST_CALLS, EnumSet.allOf(Fault.class)), false);
    }

    @Override
    public Ran run(Wanted wanted, boolean traced) {
        Scenario scenario = Scenario.of(wanted.seed, wanted.calls, wanted.faults);
        FaultWorld world = new FaultWorld(scenario, flaw, threads, traced);
        Broken broken = null;
        try {
            world.run();
        } catch (Broken e) {
            broken = e;
        }
        Environment after = world.environment();
        return new Ran(
                wanted,
                (int) after.ledger().calls().count(),
                world.crashes(),
                after.faults().struck(),
                after.trace().steps(),
                broken == null ? null : Violation.of(broken, after.trace()),
                after.trace().all());
    }

    /// What to run.
    ///
    /// @param calls at most so many, 1 or more
    /// @param faults that may strike
    public record Wanted(long seed, int calls, Set<Fault> faults) {
        public Wanted {
            faults = faults.isEmpty() ? EnumSet.noneOf(Fault.class) : EnumSet.copyOf(faults);
        }
    }

    /// How a run went.
    ///
    /// @param calls that were accepted
    /// @param crashes of nodes
    /// @param faults that struck, crashes included
    /// @param steps that somebody took
    /// @param violation null: every invariant held
    /// @param trace every step, if it was wanted
    public record Ran(
            Wanted wanted,
            int calls,
            int crashes,
            long faults,
            long steps,
            @Nullable Violation violation,
            List<String> trace) {}

    /// What does not hold.
    ///
    /// @param trace what led to it, if it was wanted
    public record Violation(Invariant invariant, String what, List<String> trace) {
        private static final int MOST_LINES = 60;

        static Violation of(Broken broken, Trace trace) {
            return new Violation(
                    broken.invariant(),
                    String.valueOf(broken.getMessage()),
                    trace.about(broken.call(), MOST_LINES));
        }
    }
}
