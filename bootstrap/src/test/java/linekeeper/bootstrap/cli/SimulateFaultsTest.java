package linekeeper.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.simulation.faults.Fault;
import linekeeper.application.simulation.faults.FaultRun.Ran;
import linekeeper.application.simulation.faults.FaultRun.Violation;
import linekeeper.application.simulation.faults.FaultRun.Wanted;
import linekeeper.application.simulation.faults.Invariant;

import org.junit.jupiter.api.Test;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A broken invariant is the exit code's matter (G3).
final class SimulateFaultsTest {
    private final Queue<Wanted> asked = new ConcurrentLinkedQueue<>();

    @Test
    void exitsWithOneIfAnInvariantDoesNotHold() {
        assertThat(run(true, "--faults", "--seeds", "1", "--from", "5")).isOne();
        assertThat(run(false, "--faults", "--seeds", "1", "--from", "5")).isZero();
    }

    @Test
    void runsWhatItIsAskedFor() {
        run(false, "--faults", "--seeds=1", "--from=5", "--most-calls=3", "--only=crash,outage");

        assertThat(asked).containsExactly(new Wanted(5, 3, EnumSet.of(Fault.CRASH, Fault.OUTAGE)));
    }

    @Test
    void runsOtherSeedsEveryTimeUnlessTold() {
        run(false, "--faults", "--seeds=4");

        assertThat(asked).extracting(Wanted::seed).doesNotHaveDuplicates().hasSize(4);
        assertThat(asked).allMatch(wanted -> wanted.seed() > 1_000_000);
    }

    private int run(boolean broken, String... flags) {
        SimulateFaults faults =
                new SimulateFaults(
                        threads ->
                                (wanted, traced) -> {
                                    asked.add(wanted);
                                    return ran(wanted, broken);
                                });
        CommandLine.populateCommand(faults, flags);
        return faults.run(new PrintWriter(new StringWriter()), false);
    }

    private static Ran ran(Wanted wanted, boolean broken) {
        Violation violation =
                broken ? new Violation(Invariant.KEPT, "a call is lost", List.of()) : null;
        return new Ran(wanted, 1, 0, 0, 1, violation, List.of());
    }
}
