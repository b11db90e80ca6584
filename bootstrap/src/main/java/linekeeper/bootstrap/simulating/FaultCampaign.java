package linekeeper.bootstrap.simulating;

import linekeeper.application.simulation.faults.FaultRun.Ran;
import linekeeper.application.simulation.faults.FaultRun.Wanted;
import linekeeper.application.simulation.faults.Report;
import linekeeper.application.simulation.faults.SeedRuns;

import java.io.PrintWriter;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/// Many seeds of the fault simulation, on all cores (G3).
public final class FaultCampaign {
    /// After so many reports the rest is only counted.
    private static final int MOST_REPORTS = 3;

    private final SeedRuns run;
    private final Totals totals;
    private final PrintWriter out;
    private int reports;

    /// @param terminal whether a bar can be drawn
    public FaultCampaign(SeedRuns run, PrintWriter out, boolean terminal) {
        this.run = run;
        this.out = out;
        this.totals = new Totals(out, terminal);
    }

    /// Whether every invariant held under all of them.
    ///
    /// @param from the first seed; those after it follow on it
    /// @param wanted what to run of a seed
    public boolean run(long from, long seeds, LongFunction<Wanted> wanted) {
        totals.begin(seeds);
        AtomicLong next = new AtomicLong();
        int cores = Runtime.getRuntime().availableProcessors();
        try (ExecutorService workers = Executors.newFixedThreadPool(cores)) {
            for (int i = 0; i < cores; i++) {
                workers.execute(() -> work(from, seeds, next, wanted));
            }
        }
        totals.end();
        return totals.violations() == 0;
    }

    private void work(long from, long seeds, AtomicLong next, LongFunction<Wanted> wanted) {
        long number = next.getAndIncrement();
        while (number < seeds) {
            Ran ran = run.run(wanted.apply(from + number), false);
            totals.add(ran);
            if (ran.violation() != null) {
                report(ran);
            }
            number = next.getAndIncrement();
        }
    }

    private synchronized void report(Ran ran) {
        reports++;
        if (reports <= MOST_REPORTS) {
            out.println();
            out.println(Report.of(run, ran));
            out.flush();
        }
    }
}
