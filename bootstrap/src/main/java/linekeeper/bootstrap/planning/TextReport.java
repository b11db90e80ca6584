package linekeeper.bootstrap.planning;

import linekeeper.application.planning.Curve;
import linekeeper.application.planning.PlanResult;
import linekeeper.application.planning.PlanResult.Use;
import linekeeper.application.planning.Waits;
import linekeeper.domain.call.CallType;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;

/// What came of a plan, for a terminal.
public record TextReport(PlanResult result, double ranSeconds) {
    private static final int WIDTH = 72;
    private static final int HEIGHT = 8;
    private static final String EIGHTHS = " ▁▂▃▄▅▆▇█";

    public void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%s after %s: %,d calls, %,d dials%n",
                result.finished() ? "Finished" : "NOT finished",
                Times.text(result.took()),
                result.accepted(),
                result.attempts());
        result.outcomes()
                .forEach(
                        (status, calls) ->
                                out.printf(
                                        Locale.ROOT, "  %-12s %,10d%n", status.wireName(), calls));
        out.printf("%nWaits for a slot, from when a dial was due and its window open%n");
        out.printf("  %-10s %10s %12s %12s %12s %12s%n", "", "dials", "mean", "p50", "p90", "p99");
        result.waits().forEach((type, waits) -> waits(out, type, waits));
        out.printf(Locale.ROOT, "%nSlots in use: %.1f %% of those there are%n", percent());
        result.use().forEach(use -> use(out, use));
        chart(out, "Slots in use", result.live());
        chart(out, "Calls waiting", result.waiting());
        out.printf(
                Locale.ROOT,
                "%nSimulated %,d calls in %.1f s, %,.0f a minute%n",
                result.accepted(),
                ranSeconds,
                result.accepted() / ranSeconds * 60);
        out.flush();
    }

    private double percent() {
        return 100 * result.utilisation();
    }

    private static void waits(PrintWriter out, CallType type, Waits waits) {
        if (waits.count() > 0) {
            out.printf(
                    Locale.ROOT,
                    "  %-10s %,10d %12s %12s %12s %12s%n",
                    type.wireName(),
                    waits.count(),
                    Times.text(waits.mean()),
                    Times.text(waits.quantile(0.5)),
                    Times.text(waits.quantile(0.9)),
                    Times.text(waits.quantile(0.99)));
        }
    }

    private static void use(PrintWriter out, Use use) {
        out.printf(
                Locale.ROOT,
                "  %-20s %6.1f of %d (%.1f %%)%n",
                use.account(),
                use.meanLive(),
                use.limit(),
                100 * use.utilisation());
    }

    private static void chart(PrintWriter out, String title, Curve curve) {
        double[] columns = columns(curve.means());
        double most = Arrays.stream(columns).max().orElse(0);
        out.printf(Locale.ROOT, "%n%s (up to %,.1f)%n", title, most);
        for (int row = HEIGHT - 1; row >= 0 && most > 0; row--) {
            StringBuilder line = new StringBuilder("  │");
            for (double column : columns) {
                line.append(cell(column / most * HEIGHT - row));
            }
            out.println(line.toString().stripTrailing());
        }
        out.println("  └" + "─".repeat(WIDTH));
    }

    /// As many columns as fit, each the mean of its share.
    private static double[] columns(double[] means) {
        double[] columns = new double[Math.min(WIDTH, means.length)];
        for (int i = 0; i < columns.length; i++) {
            int from = i * means.length / columns.length;
            int to = (i + 1) * means.length / columns.length;
            columns[i] = Arrays.stream(means, from, to).average().orElse(0);
        }
        return columns;
    }

    private static char cell(double filled) {
        return EIGHTHS.charAt((int) Math.clamp(Math.round(filled * 8), 0L, 8L));
    }
}
