package linekeeper.bootstrap.simulating;

import linekeeper.application.simulation.faults.FaultRun.Ran;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/// How far a campaign of seeds has come, and what it adds up to: a bar that is redrawn on a terminal, a
/// line every ten seconds elsewhere, and one line at the end. Thread-safe.
final class Totals {
    private static final int WIDTH = 30;
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration REDRAWN = Duration.ofMillis(200);
    private static final double NANOS = 1e9;
    private static final double MINUTE = 60;

    private final PrintWriter out;
    private final boolean terminal;
    private long wanted;
    private long begin;
    private long nextLine;
    private long seeds;
    private long calls;
    private long crashes;
    private long faults;
    private long steps;
    private long violations;

    Totals(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    synchronized void begin(long all) {
        wanted = all;
        begin = System.nanoTime();
        nextLine = begin;
    }

    synchronized void add(Ran ran) {
        seeds++;
        calls += ran.calls();
        crashes += ran.crashes();
        faults += ran.faults();
        steps += ran.steps();
        violations += ran.violation() == null ? 0 : 1;
        show();
    }

    synchronized long violations() {
        return violations;
    }

    synchronized void end() {
        if (terminal) {
            out.print("\r\u001b[2K");
        }
        out.printf(Locale.ROOT, "%,d seeds, %,d calls, %,d crashes, ", seeds, calls, crashes);
        out.printf(Locale.ROOT, "%,d faults, %,d steps: ", faults, steps);
        out.printf(Locale.ROOT, "%,d violations in %.1f s%n", violations, seconds());
        out.flush();
    }

    private void show() {
        long now = System.nanoTime();
        if (now >= nextLine && seeds < wanted) {
            nextLine = now + (terminal ? REDRAWN : PAUSE).toNanos();
            String text =
                    String.format(
                            Locale.ROOT,
                            "%,d of %,d seeds, %,.0f a minute, %,d violations",
                            seeds,
                            wanted,
                            seeds * MINUTE / seconds(),
                            violations);
            if (terminal) {
                out.print("\r\u001b[2K" + bar() + text);
            } else {
                out.println(text);
            }
            out.flush();
        }
    }

    private double seconds() {
        return Math.max(1e-3, (System.nanoTime() - begin) / NANOS);
    }

    private String bar() {
        int filled = (int) (WIDTH * seeds / wanted);
        return "[" + "█".repeat(filled) + "░".repeat(WIDTH - filled) + "] ";
    }
}
