package linekeeper.bootstrap.bench;

import java.time.Duration;
import java.util.function.LongSupplier;

/// How long to watch something: a rate of a handful of calls says nothing, however busy the machine is.
final class Enough {
    private static final int LEAST = 30;
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Enough() {}

    /// Returns after `time`, and not before a few calls have ended, unless that takes a minute more.
    static void await(Duration time, LongSupplier ended) throws InterruptedException {
        Thread.sleep(time);
        long latest = System.nanoTime() + PATIENCE.toNanos();
        while (ended.getAsLong() < LEAST && System.nanoTime() < latest) {
            Thread.sleep(PAUSE);
        }
    }
}
