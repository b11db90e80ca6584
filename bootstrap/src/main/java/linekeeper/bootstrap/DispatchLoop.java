package linekeeper.bootstrap;

import linekeeper.application.Dispatcher;
import linekeeper.application.port.Slots.Accounts;
import linekeeper.application.port.Slots.ClaimScope;
import linekeeper.application.port.Slots.EveryAccount;
import linekeeper.application.port.StoreUnavailable;
import linekeeper.application.port.Wake;
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

/// Runs the dispatcher: at once for accounts it is woken for, and for every account at each poll, which
/// makes good what a crash or another node left. An outage of the database slows it down, nothing stops
/// it but [#stop]. Thread-safe.
final class DispatchLoop implements Wake {
    private static final Logger LOG = System.getLogger(DispatchLoop.class.getName());
    private static final Backoff OUTAGE =
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    private final Supplier<Dispatcher> dispatcher;
    private final Supplier<Duration> pollInterval;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    private final Set<AccountId> woken = new HashSet<>();
    private final Thread thread = Thread.ofVirtual().name("dispatcher").unstarted(this::run);
    private final InstantSource clock;
    private @Nullable Instant again;
    private boolean every;
    private boolean stopped;

    /// @param pollInterval jittered, so that several nodes do not poll in step
    DispatchLoop(
            Supplier<Dispatcher> dispatcher, Supplier<Duration> pollInterval, InstantSource clock) {
        this.dispatcher = dispatcher;
        this.pollInterval = pollInterval;
        this.clock = clock;
    }

    void start() {
        thread.start();
    }

    /// Returns when the round under way is over.
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

    @Override
    public void dispatch(AccountId account) {
        lock.lock();
        try {
            woken.add(account);
            something.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void dispatchAt(Instant at) {
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

    private void dispatchEvery() {
        lock.lock();
        try {
            every = true;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        int failures = 0;
        boolean saturated = false;
        while (awaitWork(failures)) {
            try {
                Dispatcher.Round round = dispatcher.get().runOnce(scope(saturated));
                saturated = round.saturated();
                failures = 0;
                if (round.more()) {
                    dispatchEvery();
                }
                if (round.nextToken() != null) {
                    dispatchAt(round.nextToken());
                }
            } catch (StoreUnavailable e) {
                failures++;
                LOG.log(Level.WARNING, "dispatcher waits for the database: " + e.getMessage());
                dispatchEvery();
            } catch (RuntimeException e) {
                failures++;
                LOG.log(Level.ERROR, "dispatcher goes on after a failure", e);
                dispatchEvery();
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

    /// While a shared limit is reached, a freed slot may be anybody's.
    private ClaimScope scope(boolean saturated) {
        lock.lock();
        try {
            ClaimScope scope =
                    every || saturated ? new EveryAccount() : new Accounts(Set.copyOf(woken));
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
}
