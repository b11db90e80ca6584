package linekeeper.bootstrap;

import linekeeper.application.port.Slots.Accounts;
import linekeeper.application.port.Slots.ClaimScope;
import linekeeper.application.port.Slots.EveryAccount;
import linekeeper.application.port.StoreUnavailable;
import linekeeper.domain.AccountId;
import linekeeper.domain.queue.Backoff;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Takes turns at work for accounts: at once for accounts it is woken for, and for every account at each
/// poll, which makes good what a crash or another node left. An outage of the database slows it down,
/// nothing stops it but [#stop]. Thread-safe.
final class WokenLoop {
    private static final Logger LOG = System.getLogger(WokenLoop.class.getName());
    private static final Backoff OUTAGE =
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    private final String name;
    private final Work work;
    private final Supplier<Duration> pollInterval;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    private final Set<AccountId> woken = new HashSet<>();
    private final Thread thread;
    private @Nullable Instant again;
    private boolean every;
    private boolean stopped;

    /// @param pollInterval jittered, so that several nodes do not poll in step
    WokenLoop(String name, Work work, Supplier<Duration> pollInterval, InstantSource clock) {
        this.name = name;
        this.work = work;
        this.pollInterval = pollInterval;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Returns when the turn under way is over.
    void stop() throws InterruptedException {
        lock.lock();
        try {
            stopped = true;
            something.signal();
        } finally {
            lock.unlock();
        }
        thread.join(Duration.ofSeconds(30));
    }

    void wake(AccountId account) {
        lock.lock();
        try {
            woken.add(account);
            something.signal();
        } finally {
            lock.unlock();
        }
    }

    /// For every account, at `at` or before.
    void wakeAt(Instant at) {
        lock.lock();
        try {
            if (again == null || at.isBefore(again)) {
                again = at;
                something.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void wakeEvery() {
        lock.lock();
        try {
            every = true;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        int failures = 0;
        boolean anybody = false;
        while (awaitWork(failures)) {
            try {
                Turn turn = work.take(scope(anybody));
                anybody = turn.anybody;
                failures = 0;
                if (turn.more) {
                    wakeEvery();
                }
                if (turn.next != null) {
                    wakeAt(turn.next);
                }
            } catch (StoreUnavailable e) {
                failures++;
                LOG.log(Level.WARNING, name + " waits for the database: " + e.getMessage());
                wakeEvery();
            } catch (RuntimeException e) {
                failures++;
                LOG.log(Level.ERROR, name + " goes on after a failure", e);
                wakeEvery();
            }
        }
    }

    /// Waits for a wake-up or the poll; after a failure, for the back-off. False: stopped.
    private boolean awaitWork(int failures) {
        lock.lock();
        try {
            long nanos =
                    failures > 0
                            ? OUTAGE.delay(failures - 1).toNanos()
                            : pollInterval.get().toNanos();
            while (nanos > 0 && !stopped && (failures > 0 || (woken.isEmpty() && !every))) {
                long wait = failures > 0 ? nanos : Math.min(nanos, untilAgain());
                if (wait <= 0) {
                    every = true;
                } else {
                    nanos -= wait - something.awaitNanos(wait);
                }
            }
            if (nanos <= 0) {
                every = true;
            }
            return !stopped;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private long untilAgain() {
        return again == null ? Long.MAX_VALUE : Duration.between(clock.instant(), again).toNanos();
    }

    private ClaimScope scope(boolean anybody) {
        lock.lock();
        try {
            ClaimScope scope =
                    every || anybody ? new EveryAccount() : new Accounts(Set.copyOf(woken));
            woken.clear();
            if (every) {
                again = null;
            }
            every = false;
            return scope;
        } finally {
            lock.unlock();
        }
    }

    /// One turn at the work.
    interface Work {
        /// @throws StoreUnavailable taken again after a while
        Turn take(ClaimScope scope);
    }

    /// @param more there may be more to do at once
    /// @param anybody what is scarce is used up: what comes free next may be any account's
    /// @param next when there will be more to do, for whichever account; null: nobody knows
    record Turn(boolean more, boolean anybody, @Nullable Instant next) {}
}
