package linekeeper.application.simulation.faults;

import linekeeper.application.port.Slots.Accounts;
import linekeeper.application.port.Slots.ClaimScope;
import linekeeper.application.port.Slots.EveryAccount;
import linekeeper.application.port.StoreUnavailable;
import linekeeper.application.simulation.Chance;
import linekeeper.domain.AccountId;
import linekeeper.domain.queue.Backoff;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/// A node's loop as the service runs it: at once for accounts it is woken for, for every account at each
/// poll, slower while the store is down. One turn at a time.
final class Loop {
    private static final Backoff OUTAGE =
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));
    private static final Duration SHORTEST_POLL = Duration.ofSeconds(3);
    private static final Duration LONGEST_POLL = Duration.ofSeconds(9);

    private final Environment world;
    private final Steps steps;
    private final Chance chance;
    private final Work work;
    private final Set<AccountId> woken = new HashSet<>();
    private boolean every;
    private boolean anybody;
    private boolean busy;
    private int failures;

    Loop(Environment world, Steps steps, Chance chance, Work work) {
        this.world = world;
        this.steps = steps;
        this.chance = chance;
        this.work = work;
    }

    /// One turn; what it comes to is told as bootstrap's loops are told.
    interface Work {
        Turn take(ClaimScope scope);
    }

    /// @param more there may be more to do at once
    /// @param anybody what is scarce is used up: what comes free next may be any account's
    record Turn(boolean more, boolean anybody) {}

    /// Polls from now on, until the node is dead.
    void start() {
        if (!steps.dead()) {
            every = true;
            begin();
            world.time().after(chance.between(SHORTEST_POLL, LONGEST_POLL), this::start);
        }
    }

    void wake(AccountId account) {
        if (!world.faults().strikes(Fault.WAKE_LOST)) {
            woken.add(account);
            begin();
        }
    }

    void wakeAt(Instant at) {
        world.time()
                .at(
                        at,
                        () -> {
                            every = true;
                            begin();
                        });
    }

    private void begin() {
        if (!busy && !steps.dead()) {
            busy = true;
            world.strands().start(this::turn);
        }
    }

    private void turn() {
        ClaimScope scope = every || anybody ? new EveryAccount() : new Accounts(woken);
        woken.clear();
        every = false;
        try {
            Turn turn = work.take(scope);
            failures = 0;
            anybody = turn.anybody;
            every |= turn.more;
        } catch (StoreUnavailable e) {
            every = true;
            world.strands().pause(OUTAGE.delay(failures++));
        }
        busy = false;
        if (every || !woken.isEmpty()) {
            begin();
        }
    }
}
