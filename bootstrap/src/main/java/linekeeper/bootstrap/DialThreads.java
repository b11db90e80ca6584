package linekeeper.bootstrap;

import linekeeper.application.port.Dialing;
import linekeeper.domain.call.ReservedCall;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Dials every reserved call on a virtual thread of its own. How many that are is decided by the slots,
/// not here: [#room] only keeps claims from running far ahead. Thread-safe.
final class DialThreads implements Dialing {
    private static final Logger LOG = System.getLogger(DialThreads.class.getName());
    private static final int MOST = 1_000;

    private final Semaphore room = new Semaphore(MOST);
    private final Consumer<ReservedCall> dial;

    DialThreads(Consumer<ReservedCall> dial) {
        this.dial = dial;
    }

    @Override
    public void submit(ReservedCall call) {
        // A call that is reserved must be dialed, so it may take room that is not there.
        boolean counted = room.tryAcquire();
        Thread.ofVirtual().name("dial-" + call.key().call()).start(() -> run(call, counted));
    }

    private void run(ReservedCall call, boolean counted) {
        try {
            dial.accept(call);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, () -> "dial of " + call.key() + " is left to the reconciler", e);
        } finally {
            if (counted) {
                room.release();
            }
        }
    }

    @Override
    public int room() {
        return room.availablePermits();
    }

    /// Waits until the dials under way are over; false: they were not in time.
    boolean awaitIdle(Duration limit) throws InterruptedException {
        return room.tryAcquire(MOST, limit.toMillis(), TimeUnit.MILLISECONDS);
    }
}
