package linekeeper.bootstrap.bench;

import linekeeper.application.PlaceCall;
import linekeeper.application.port.CallObserver;
import linekeeper.domain.AccountId;
import linekeeper.domain.call.EndedCall;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// Places calls of accounts that are drawn by lot, each on a virtual thread of its own, and keeps a
/// number of them in flight; at a pace, or as fast as they end. Thread-safe.
final class Load implements CallObserver, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final PlaceCall placeCall;
    private final List<AccountId> accounts;
    private final int most;
    private final long nanosBetween;
    private final Requests requests;
    private final Semaphore room;
    private final LongAdder ended = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Thread feeder = Thread.ofPlatform().name("bench-load").unstarted(this::feed);
    private volatile boolean stopping;

    private Load(PlaceCall placeCall, List<AccountId> accounts, int most, double perSecond) {
        this.placeCall = placeCall;
        this.accounts = accounts;
        this.most = most;
        this.nanosBetween = perSecond == 0 ? 0 : Math.round(1e9 / perSecond);
        this.requests = new Requests();
        this.room = new Semaphore(most);
    }

    /// @param most calls in flight
    /// @param perSecond 0: as many as end
    static Load start(PlaceCall placeCall, List<AccountId> accounts, int most, double perSecond) {
        Load load = new Load(placeCall, accounts, most, perSecond);
        load.feeder.start();
        return load;
    }

    @Override
    public void ended(EndedCall call) {
        ended.increment();
        room.release();
    }

    /// Calls that came to their end.
    long ended() {
        return ended.sum();
    }

    private void feed() {
        long next = System.nanoTime();
        while (!stopping) {
            next = Math.max(next + nanosBetween, System.nanoTime() - TimeUnit.SECONDS.toNanos(1));
            await(next);
            room.acquireUninterruptibly();
            Thread.ofVirtual().name("bench-caller").start(this::place);
        }
    }

    private void await(long due) {
        long wait = due - System.nanoTime();
        while (nanosBetween > 0 && wait > 0) {
            LockSupport.parkNanos(wait);
            wait = due - System.nanoTime();
        }
    }

    private void place() {
        int account = ThreadLocalRandom.current().nextInt(accounts.size());
        try {
            placeCall.start(requests.next(accounts.get(account)));
        } catch (RuntimeException e) {
            failed.increment();
            room.release();
        }
    }

    /// Returns once every call that was placed is over.
    ///
    /// @throws IllegalStateException one could not be placed or did not end: the figures are void
    @Override
    public void close() {
        stopping = true;
        if (!over() || failed.sum() > 0) {
            throw new IllegalStateException(
                    "%d calls did not end, %d could not be placed"
                            .formatted(most - room.availablePermits(), failed.sum()));
        }
    }

    private boolean over() {
        try {
            return feeder.join(PATIENCE)
                    && room.tryAcquire(most, PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
