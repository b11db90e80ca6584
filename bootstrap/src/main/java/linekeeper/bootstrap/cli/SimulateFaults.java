package linekeeper.bootstrap.cli;

import linekeeper.application.simulation.faults.Fault;
import linekeeper.application.simulation.faults.FaultRun;
import linekeeper.application.simulation.faults.FaultRun.Wanted;
import linekeeper.application.simulation.faults.SeedRuns;
import linekeeper.bootstrap.simulating.FaultCampaign;
import linekeeper.domain.InvalidValue;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/// The part of `linekeeper simulate` that looks for broken invariants.
final class SimulateFaults {
    /// A run is full of failures that are meant; kept, or the level would be forgotten.
    private static final Logger USE_CASES = Logger.getLogger("linekeeper.application");

    @Option(
            names = "--faults",
            description = "break everything that can break, and look whether what must hold holds")
    private boolean faults;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "1000",
            description = "how many runs (${DEFAULT-VALUE})")
    private long seeds;

    @Option(
            names = "--from",
            paramLabel = "SEED",
            description = "the first run's seed; else one that is new every time")
    private @Nullable Long from;

    @Option(names = "--most-calls", paramLabel = "N", description = "ask for so many calls at most")
    private int calls = FaultRun.MOST_CALLS;

    @Option(
            names = "--only",
            paramLabel = "FAULT",
            split = ",",
            description = "no other may strike; none: none at all")
    private @Nullable List<String> only;

    private final Function<Executor, SeedRuns> simulation;

    SimulateFaults() {
        this(FaultRun::new);
    }

    /// @param simulation over threads that each begin a task at once
    SimulateFaults(Function<Executor, SeedRuns> simulation) {
        this.simulation = simulation;
    }

    boolean wanted() {
        return faults;
    }

    /// @return the exit code: 1 if an invariant did not hold
    int run(PrintWriter out, boolean terminal) {
        if (seeds < 1 || calls < 1) {
            throw new InvalidValue(seeds < 1 ? "--seeds" : "--most-calls", "must be 1 or more");
        }
        Set<Fault> allowed = allowed();
        USE_CASES.setLevel(Level.OFF);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return new FaultCampaign(simulation.apply(threads), out, terminal)
                            .run(
                                    from == null ? System.currentTimeMillis() * seeds : from,
                                    seeds,
                                    seed -> new Wanted(seed, calls, allowed))
                    ? 0
                    : 1;
        } finally {
            USE_CASES.setLevel(null);
        }
    }

    private Set<Fault> allowed() {
        if (only == null) {
            return EnumSet.allOf(Fault.class);
        }
        return only.stream()
                .filter(name -> !name.equals("none"))
                .map(SimulateFaults::named)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Fault.class)));
    }

    private static Fault named(String name) {
        return Arrays.stream(Fault.values())
                .filter(fault -> fault.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidValue("--only", "must be of " + names()));
    }

    private static String names() {
        return Arrays.stream(Fault.values()).map(Fault::wireName).collect(Collectors.joining(", "));
    }
}
