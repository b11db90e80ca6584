package linekeeper.bootstrap.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/// Shows how the demo goes: redrawn in place on a terminal, plain lines every two seconds elsewhere.
final class Screen {
    private static final int WIDTH = 40;
    private static final Duration PLAIN_PAUSE = Duration.ofSeconds(2);

    private final PrintWriter out;
    private final boolean terminal;
    private Duration nextPlain = Duration.ZERO;
    private boolean drawn;

    Screen(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /// @param ended calls of all tenants
    void show(List<Tenant> tenants, int ended, int total, Duration elapsed) {
        double rate = ended / Math.max(0.001, elapsed.toMillis() / 1000.0);
        if (terminal) {
            draw(tenants, ended, total, rate);
        } else if (elapsed.compareTo(nextPlain) >= 0) {
            nextPlain = elapsed.plus(PLAIN_PAUSE);
            line(tenants, ended, total, elapsed, rate);
        }
        out.flush();
    }

    private void draw(List<Tenant> tenants, int ended, int total, double rate) {
        if (drawn) {
            out.printf("\u001b[%dA", tenants.size() + 1);
        }
        drawn = true;
        int filled = WIDTH * ended / total;
        out.printf(
                "\u001b[2K%-8s [%s%s] %3d/%d  %.1f calls/s%n",
                "calls", "█".repeat(filled), "░".repeat(WIDTH - filled), ended, total, rate);
        for (Tenant tenant : tenants) {
            var status = tenant.latest();
            out.printf(
                    "\u001b[2K%-8s slots %s%s %d/%d   waiting: %d direct, %d campaign%n",
                    tenant.id(),
                    "■".repeat(status.active()),
                    "□".repeat(Math.max(0, tenant.limit() - status.active())),
                    status.active(),
                    tenant.limit(),
                    status.direct().queued(),
                    status.campaign().queued());
        }
    }

    private void line(List<Tenant> tenants, int ended, int total, Duration elapsed, double rate) {
        StringBuilder line = new StringBuilder();
        line.append(
                "%3d s  %d/%d ended, %.1f/s".formatted(elapsed.toSeconds(), ended, total, rate));
        for (Tenant tenant : tenants) {
            var status = tenant.latest();
            line.append(
                    "; %s %d/%d slots, waiting %d direct %d campaign"
                            .formatted(
                                    tenant.id(),
                                    status.active(),
                                    tenant.limit(),
                                    status.direct().queued(),
                                    status.campaign().queued()));
        }
        out.println(line);
    }
}
