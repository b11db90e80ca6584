package linekeeper.bootstrap.importing;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;

/// Tells of records that were not taken: the first ones on the screen, all of them in a file if there
/// is one. Values are never shown, for they may be phone numbers. Not thread-safe.
final class Complaints {
    private final PrintWriter screen;
    private final @Nullable PrintWriter file;
    private final int most;
    private long count;

    Complaints(PrintWriter screen, @Nullable PrintWriter file, int most) {
        this.screen = screen;
        this.file = file;
        this.most = most;
    }

    void add(String name, long line, String field, String why) {
        String complaint = name + ":" + line + ": " + (field.isEmpty() ? "" : field + " ") + why;
        if (count++ < most) {
            screen.println(complaint);
        }
        if (file != null) {
            file.println(complaint);
        }
    }

    /// How many were not shown on the screen.
    long hidden() {
        return Math.max(0, count - most);
    }
}
