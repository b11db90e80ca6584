package linekeeper.bootstrap.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/// Shows how far the measurement is: a bar that is redrawn on a terminal, a line per section elsewhere.
/// Thread-safe.
final class Bar implements AutoCloseable {
    private static final int WIDTH = 30;
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final PrintWriter out;
    private final boolean terminal;
    private final long total;
    private final Thread painter =
            Thread.ofPlatform().daemon().name("bench-bar").unstarted(this::paint);
    private long before;
    private long began = System.nanoTime();
    private Duration expected = Duration.ZERO;
    private String name = "";

    Bar(PrintWriter out, boolean terminal, List<Section> sections) {
        this.out = out;
        this.terminal = terminal;
        this.total = sections.stream().mapToLong(one -> one.expected().toNanos()).sum();
    }

    /// The one before is over.
    synchronized void begin(Section section) {
        before += expected.toNanos();
        began = System.nanoTime();
        expected = section.expected();
        name = section.name();
        if (!terminal) {
            out.printf("%s, about %d s%n", name, expected.toSeconds());
            out.flush();
        } else if (!painter.isAlive()) {
            painter.start();
        }
    }

    private void paint() {
        try {
            while (true) {
                draw();
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void draw() {
        long within = Math.min(System.nanoTime() - began, expected.toNanos());
        double share = total == 0 ? 1 : Math.min(1, (double) (before + within) / total);
        int filled = (int) Math.round(WIDTH * share);
        out.printf(
                "\r\u001b[2K[%s%s] %3.0f %%  %s",
                "█".repeat(filled), "░".repeat(WIDTH - filled), 100 * share, name);
        out.flush();
    }

    @Override
    public synchronized void close() {
        painter.interrupt();
        if (terminal) {
            out.print("\r\u001b[2K");
            out.flush();
        }
    }
}
