package linekeeper.bootstrap;

import linekeeper.telephony.simulated.Later;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Real time for the simulated provider. Its reports run on virtual threads, for they wait for the
/// database. Thread-safe.
final class SimulatedTime implements Later {
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("simulated-time").daemon().factory());

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // The task itself tells of its failure.
    public void after(Duration delay, Runnable task) {
        timer.schedule(
                () -> Thread.ofVirtual().name("simulated-report").start(task),
                delay.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    @Override
    public void pause(Duration delay) {
        try {
            Thread.sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void stop() {
        timer.shutdownNow();
    }
}
