package linekeeper.application.simulation.faults;

import linekeeper.application.simulation.faults.FaultRun.Ran;
import linekeeper.application.simulation.faults.FaultRun.Violation;
import linekeeper.application.simulation.faults.FaultRun.Wanted;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What to tell of a run in which an invariant does not hold: the seed, the least that still breaks it,
/// what led to it, and the command that does it again.
public final class Report {
    private static final int FEWEST_CALLS = 1;

    private final SeedRuns run;
    private final Invariant invariant;
    private Wanted least;

    private Report(SeedRuns run, Ran ran, Violation violation) {
        this.run = run;
        this.invariant = violation.invariant();
        this.least = ran.wanted();
    }

    /// Runs the seed some thirty times more.
    ///
    /// @param ran has a violation
    public static String of(SeedRuns run, Ran ran) {
        Violation violation = Objects.requireNonNull(ran.violation(), "nothing to report");
        Report report = new Report(run, ran, violation);
        report.dropFaults();
        report.dropCalls();
        return report.text();
    }

    private void dropFaults() {
        for (Fault fault : Fault.values()) {
            Set<Fault> fewer = EnumSet.copyOf(least.faults());
            if (fewer.remove(fault)) {
                breaks(least.calls(), fewer).ifPresent(wanted -> least = wanted);
            }
        }
    }

    private void dropCalls() {
        int calls = least.calls();
        while (calls > FEWEST_CALLS) {
            calls = calls / 2;
            breaks(calls, least.faults()).ifPresent(wanted -> least = wanted);
        }
    }

    private Optional<Wanted> breaks(int calls, Set<Fault> faults) {
        Wanted fewer = new Wanted(least.seed(), calls, faults);
        Violation violation = run.run(fewer, false).violation();
        return violation != null && violation.invariant() == invariant
                ? Optional.of(fewer)
                : Optional.empty();
    }

    private String text() {
        Violation violation = Objects.requireNonNull(run.run(least, true).violation());
        return """
        seed %d breaks %s: %s
        %s
        what led to it:
        %s
        again: %s\
        """
                .formatted(
                        least.seed(),
                        invariant,
                        invariant.promise(),
                        violation.what(),
                        String.join(System.lineSeparator(), violation.trace()),
                        command());
    }

    private String command() {
        List<String> only = least.faults().stream().map(Fault::wireName).toList();
        return "./linekeeper simulate --faults --seeds 1 --from %d --most-calls %d --only %s"
                .formatted(
                        least.seed(),
                        least.calls(),
                        only.isEmpty() ? "none" : only.stream().collect(Collectors.joining(",")));
    }
}
