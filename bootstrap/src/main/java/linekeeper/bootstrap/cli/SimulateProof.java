package linekeeper.bootstrap.cli;

import linekeeper.application.planning.Calibration;
import linekeeper.application.planning.Calibration.Kept;
import linekeeper.application.planning.Calibration.Scenario;
import linekeeper.application.planning.Theory;
import linekeeper.application.planning.Theory.Compared;
import linekeeper.application.planning.Theory.Point;
import linekeeper.domain.InvalidValue;

import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.util.Locale;

/// The part of `linekeeper simulate` that measures how far simulation and wait estimates can be believed
/// (G1, G2).
final class SimulateProof {
    private static final double CLOSE = 0.03;
    private static final int RUNS = 10;
    private static final int LEAST_CALLS = 1_000;

    @Option(
            names = "--calibrate",
            description = "how often do calls start by the time they were told?")
    private boolean calibrate;

    @Option(
            names = "--hours",
            paramLabel = "N",
            defaultValue = "100",
            description = "of each scenario that is measured (${DEFAULT-VALUE})")
    private int hours;

    @Option(
            names = "--validate",
            description = "are mean waits within 3 %% of what queueing theory says?")
    private boolean validate;

    @Option(
            names = "--calls",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "of each point that is compared (${DEFAULT-VALUE})")
    private long calls;

    boolean wanted() {
        return calibrate || validate;
    }

    /// @return the exit code: 1 if a figure is out of its range
    int run(PrintWriter out, long seed) {
        if (hours < 2) {
            throw new InvalidValue("--hours", "must be 2 or more");
        }
        if (calls < LEAST_CALLS) {
            throw new InvalidValue("--calls", "must be " + LEAST_CALLS + " or more");
        }
        boolean calibrated = !calibrate || calibrated(out, seed);
        boolean valid = !validate || valid(out, seed);
        return calibrated && valid ? 0 : 1;
    }

    private boolean calibrated(PrintWriter out, long seed) {
        out.printf(
                Locale.ROOT,
                "Wait estimates, seed %d, %d hours; p50: 40-60 %%, p90: 85-95 %%%n",
                seed,
                hours);
        out.printf("%-46s %8s %7s %7s%n", "scenario", "calls", "by p50", "by p90");
        boolean all = true;
        for (Scenario scenario : Calibration.scenarios()) {
            Kept kept = Calibration.of(scenario, seed, hours);
            all &= kept.holds();
            out.println(line(scenario, kept));
            out.flush();
        }
        return all;
    }

    private static String line(Scenario scenario, Kept kept) {
        return String.format(
                Locale.ROOT,
                "%-46s %8d %5.1f %% %5.1f %%  %s",
                scenario.name(),
                kept.calls(),
                100 * kept.shareByP50(),
                100 * kept.shareByP90(),
                kept.holds() ? "holds" : "DOES NOT HOLD");
    }

    private boolean valid(PrintWriter out, long seed) {
        out.printf(
                Locale.ROOT,
                "Mean waits, seeds from %d, %d runs, %d calls a point%n",
                seed,
                RUNS,
                calls);
        out.printf(
                "%5s %6s %8s %-8s %9s %9s %8s %8s%n",
                "slots", "direct", "campaign", "waits", "theory", "simulated", "error", "std.err");
        boolean all = true;
        for (Point point : Theory.POINTS) {
            for (Compared one : Theory.compare(point, seed, RUNS, calls)) {
                all &= one.isWithin(CLOSE);
                out.println(line(one));
                out.flush();
            }
        }
        return all;
    }

    private static String line(Compared one) {
        return String.format(
                Locale.ROOT,
                "%5d %6.1f %8.1f %-8s %7.2f s %7.2f s %+6.2f %% %6.2f %%  %s",
                one.point().slots(),
                one.point().direct(),
                one.point().campaign(),
                one.type().wireName(),
                one.theory(),
                one.simulated(),
                100 * one.error(),
                100 * one.standardError() / one.theory(),
                one.isWithin(CLOSE) ? "holds" : "DOES NOT HOLD");
    }
}
