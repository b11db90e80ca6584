package linekeeper.bootstrap.planning;

import java.time.Duration;
import java.util.Locale;

/// Times as people read them.
final class Times {
    private Times() {}

    /// As in `2 d 03:04:05`, `01:02:03`, `4.2 s` or `0 s`.
    static String text(Duration time) {
        if (time.compareTo(Duration.ofMinutes(1)) < 0) {
            return time.isZero() ? "0 s" : String.format(Locale.ROOT, "%.1f s", seconds(time));
        }
        String clock =
                String.format(
                        Locale.ROOT,
                        "%02d:%02d:%02d",
                        time.toHoursPart(),
                        time.toMinutesPart(),
                        time.toSecondsPart());
        return time.toDaysPart() == 0 ? clock : time.toDaysPart() + " d " + clock;
    }

    static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
