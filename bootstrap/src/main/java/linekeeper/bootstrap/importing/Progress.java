package linekeeper.bootstrap.importing;

import java.io.PrintWriter;
import java.time.Duration;

/// Shows how far a file has been read: a bar that is redrawn on a terminal, a line every two seconds
/// elsewhere. Not thread-safe.
final class Progress {
    private static final int WIDTH = 40;
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final PrintWriter out;
    private final boolean terminal;
    private final long size;
    private final long begin = System.nanoTime();
    private long nextLine = begin + PAUSE.toNanos();

    /// @param size in bytes; 0: not known
    Progress(PrintWriter out, boolean terminal, long size) {
        this.out = out;
        this.terminal = terminal;
        this.size = size;
    }

    void show(long bytes, long records) {
        long now = System.nanoTime();
        if (terminal) {
            out.print("\r\u001b[2K" + bar(bytes) + text(bytes, records, now));
        } else if (now >= nextLine) {
            nextLine = now + PAUSE.toNanos();
            out.println(text(bytes, records, now));
        }
        out.flush();
    }

    void end(long records) {
        if (terminal) {
            out.println("\r\u001b[2K" + text(size, records, System.nanoTime()));
        }
        out.flush();
    }

    private String bar(long bytes) {
        if (size == 0) {
            return "";
        }
        int filled = (int) Math.min(WIDTH, WIDTH * bytes / size);
        return "[" + "█".repeat(filled) + "░".repeat(WIDTH - filled) + "] ";
    }

    private String text(long bytes, long records, long now) {
        double seconds = Math.max(0.001, (now - begin) / 1e9);
        String share = size == 0 ? "" : "%3d %%  ".formatted(Math.min(100, 100 * bytes / size));
        return "%s%,d records, %,.0f/s".formatted(share, records, records / seconds);
    }
}
