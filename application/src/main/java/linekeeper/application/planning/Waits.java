package linekeeper.application.planning;

import java.time.Duration;
import java.util.Arrays;

/// Times that calls waited, each kept in microseconds. Not thread-safe.
public final class Waits {
    private long[] micros = new long[1_024];
    private int count;
    private boolean sorted;
    private double sum;

    void add(Duration wait) {
        if (count == micros.length) {
            micros = Arrays.copyOf(micros, count * 2);
        }
        long whole = wait.toNanos() / 1_000;
        micros[count++] = whole;
        sum += whole;
        sorted = false;
    }

    public int count() {
        return count;
    }

    /// Zero if there is none.
    public Duration mean() {
        return count == 0 ? Duration.ZERO : ofMicros(Math.round(sum / count));
    }

    /// What that share of the calls waited at most; zero if there is none.
    ///
    /// @param share above 0, at most 1
    public Duration quantile(double share) {
        if (count == 0) {
            return Duration.ZERO;
        }
        if (!sorted) {
            Arrays.sort(micros, 0, count);
            sorted = true;
        }
        int rank = (int) Math.ceil(share * count);
        return ofMicros(micros[Math.clamp(rank - 1L, 0, count - 1)]);
    }

    private static Duration ofMicros(long micros) {
        return Duration.ofNanos(micros * 1_000);
    }
}
