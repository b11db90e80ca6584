package linekeeper.bootstrap.bench;

import linekeeper.application.PlaceCall;
import linekeeper.application.port.CallObserver;
import linekeeper.bootstrap.Service;
import linekeeper.domain.AccountId;
import linekeeper.domain.call.EndedCall;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// Places calls of accounts that are drawn by lot, each on a virtual thread of its own, and keeps a
/// number of them in flight; at a pace, or as fast as they end. Thread-safe.
final class Load implements CallObserver, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final PlaceCall placeCall;
    private final InstantProvider provider;
    private final List<AccountId> accounts;
    private final Set<AccountId> ours;
    private final int most;
    private final long nanosBetween;
    private final Requests requests = new Requests();
    private final Semaphore room;
    private final LongAdder ended = new LongAdder();
    private final Latency accepted = new Latency();
    private final Latency lives = new Latency();
    private final LongAdder failed = new LongAdder();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final Thread feeder = Thread.ofPlatform().name("bench-load").unstarted(this::feed);
    private volatile boolean stopping;

    private Load(
            PlaceCall placeCall,
            InstantProvider provider,
            List<AccountId> accounts,
            int most,
            double perSecond) {
        this.placeCall = placeCall;
        this.provider = provider;
        this.accounts = accounts;
        this.ours = new HashSet<>(accounts);
        this.most = most;
        this.nanosBetween = perSecond == 0 ? 0 : Math.round(1e9 / perSecond);
        this.room = new Semaphore(most);
    }

    /// @param most calls in flight
    /// @param perSecond 0: as many as end
    static Load start(
            Service service,
            InstantProvider provider,
            List<AccountId> accounts,
            int most,
            double perSecond) {
        Load load = new Load(service.calls().placeCall(), provider, accounts, most, perSecond);
        load.feeder.start();
        return load;
    }

    @Override
    public void ended(EndedCall call) {
        if (ours.contains(call.key().account())) {
            lives.record(Duration.between(call.accepted().createdAt(), Instant.now()).toNanos());
            ended.increment();
            room.release();
        }
    }

    /// How long a backend waited for its answer.
    Latency accepted() {
        return accepted;
    }

    /// From there to the end.
    Latency lives() {
        return lives;
    }

    void resetLatencies() {
        accepted.reset();
        lives.reset();
    }

    /// Calls that came to their end.
    long ended() {
        return ended.sum();
    }

    private void feed() {
        provider.watchedBy(this, this::keepFeeding);
    }

    /// Returns once every call that was placed is over, or that takes too long.
    private void keepFeeding() {
        long next = System.nanoTime();
        while (!stopping) {
            next = Math.max(next + nanosBetween, System.nanoTime() - TimeUnit.SECONDS.toNanos(1));
            await(next);
            if (take(1)) {
                Thread.ofVirtual().name("bench-caller").start(this::place);
            }
        }
        if (take(most)) {
            room.release(most);
        }
    }

    /// Waits until so many calls fit in; false: too few end.
    private boolean take(int calls) {
        try {
            boolean taken = room.tryAcquire(calls, PATIENCE.toSeconds(), TimeUnit.SECONDS);
            stopping |= !taken;
            return taken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
            return false;
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
        long began = System.nanoTime();
        try {
            placeCall.start(requests.next(accounts.get(account)));
            accepted.record(System.nanoTime() - began);
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
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
        joinFeeder();
        int left = most - room.availablePermits();
        if (left > 0 || failed.sum() > 0) {
            throw new IllegalStateException(
                    "%d calls did not end, %d could not be placed".formatted(left, failed.sum()),
                    failure.get());
        }
    }

    private void joinFeeder() {
        try {
            feeder.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
