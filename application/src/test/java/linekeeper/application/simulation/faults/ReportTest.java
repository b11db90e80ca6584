package linekeeper.application.simulation.faults;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.simulation.faults.FaultRun.Ran;
import linekeeper.application.simulation.faults.FaultRun.Violation;
import linekeeper.application.simulation.faults.FaultRun.Wanted;

import org.junit.jupiter.api.Test;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;

/// Whoever has to mend it is told the least that breaks it (G3).
final class ReportTest {
    private static final Wanted ALL = new Wanted(17, 40, EnumSet.allOf(Fault.class));
    private static final int MOST_SEEDS = 120;
    private static final Set<Fault> NEEDED = EnumSet.of(Fault.CRASH, Fault.WEBHOOK_LATE);

    @Test
    void namesTheFewestFaultsAndCallsThatStillBreakIt() {
        String report = Report.of(ReportTest::breaksWithFiveCalls, breaksWithFiveCalls(ALL, false));

        assertThat(report)
                .isEqualTo(
                        """
                        seed 17 breaks PACE: %s
                        with 5 calls
                        what led to it:
                        a step
                        another
                        again: ./linekeeper simulate --faults --seeds 1 --from 17 --most-calls 5 \
                        --only crash,webhook-late\
                        """
                                .formatted(Invariant.PACE.promise()));
    }

    /// Halves of 40 are tried only; another invariant that fewer calls break is not the same finding.
    private static Ran breaksWithFiveCalls(Wanted wanted, boolean traced) {
        boolean breaks = wanted.faults().containsAll(NEEDED);
        Invariant invariant = wanted.calls() >= 5 ? Invariant.PACE : Invariant.LIMIT;
        List<String> trace = traced ? List.of("a step", "another") : List.of();
        Violation violation =
                breaks
                        ? new Violation(invariant, "with " + wanted.calls() + " calls", trace)
                        : null;
        return new Ran(wanted, wanted.calls(), 0, 0, 1, violation, trace);
    }

    /// What a report says is found is found again by what it says to run.
    @Test
    void namesACommandThatFindsItAgain() {
        BrokenPart part = BrokenPart.COUNTS_ONE_SLOT_TOO_MANY;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            FaultRun broken = new FaultRun(threads, part.part());
            Ran found =
                    LongStream.rangeClosed(1, MOST_SEEDS)
                            .mapToObj(broken::run)
                            .filter(ran -> ran.violation() != null)
                            .findFirst()
                            .orElseThrow();
            long seed = found.wanted().seed();

            String command = Report.of(broken, found).lines().toList().getLast();

            assertThat(command)
                    .startsWith("again: ./linekeeper simulate --faults --seeds 1 --from " + seed);
            assertThat(broken.run(told(seed, command), false).violation())
                    .extracting(Violation::invariant)
                    .isEqualTo(part.breaks());
        }
    }

    private static Wanted told(long seed, String command) {
        List<String> words = List.of(command.split(" ", -1));
        int calls = Integer.parseInt(words.get(words.indexOf("--most-calls") + 1));
        String only = "," + words.getLast() + ",";
        Set<Fault> faults = EnumSet.allOf(Fault.class);
        faults.removeIf(fault -> !only.contains("," + fault.wireName() + ","));
        return new Wanted(seed, calls, faults);
    }
}
