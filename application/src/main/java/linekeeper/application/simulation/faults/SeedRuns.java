package linekeeper.application.simulation.faults;

import linekeeper.application.simulation.faults.FaultRun.Ran;
import linekeeper.application.simulation.faults.FaultRun.Wanted;

/// Runs seeds; the same wish makes the same run. Thread-safe.
@FunctionalInterface
public interface SeedRuns {
    /// Runs a seed, or what is left of it.
    ///
    /// @param traced whether to write down every step
    Ran run(Wanted wanted, boolean traced);
}
