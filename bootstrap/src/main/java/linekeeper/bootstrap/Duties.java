package linekeeper.bootstrap;

import io.helidon.scheduling.FixedRate;

import linekeeper.application.port.StoreUnavailable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Runs the periodic duties. One that fails is logged and runs again at its next turn; a slow one
/// delays only itself. Thread-safe.
final class Duties {
    private static final Logger LOG = System.getLogger(Duties.class.getName());
    private static final int THREADS = 4;

    private final ScheduledExecutorService threads =
            Executors.newScheduledThreadPool(
                    THREADS, Thread.ofPlatform().name("duty-", 0).daemon().factory());

    void every(Duration interval, String name, Duty duty) {
        FixedRate.builder()
                .executor(threads)
                .initialDelay(interval.toMillis())
                .delay(interval.toMillis())
                .timeUnit(TimeUnit.MILLISECONDS)
                .delayType(FixedRate.DelayType.SINCE_PREVIOUS_END)
                .task(turn -> run(name, duty))
                .build();
    }

    /// Once, as soon as possible.
    void now(String name, Duty duty) {
        threads.execute(() -> run(name, duty));
    }

    /// No duty begins any more; those under way have some seconds to end.
    void stop() throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
            threads.shutdownNow();
        }
    }

    private static void run(String name, Duty duty) {
        try {
            duty.run();
        } catch (StoreUnavailable e) {
            LOG.log(Level.WARNING, () -> name + " waits for the database");
        } catch (Exception e) {
            LOG.log(Level.ERROR, () -> name + " failed and will run again", e);
        }
    }

    /// One round of a duty.
    interface Duty {
        void run() throws Exception;
    }
}
