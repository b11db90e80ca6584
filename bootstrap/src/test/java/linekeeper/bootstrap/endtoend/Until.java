package linekeeper.bootstrap.endtoend;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/// Waits for what another process does; fails when it takes too long.
final class Until {
    private static final Duration LOOK = Duration.ofMillis(20);

    private Until() {}

    static void holds(Duration patience, String what, Callable<Boolean> condition)
            throws Exception {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited " + patience + " in vain until " + what);
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }
}
