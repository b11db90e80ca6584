package linekeeper.application.planning;

import linekeeper.application.Dispatcher;
import linekeeper.application.port.Dialing;
import linekeeper.application.port.Slots.Accounts;
import linekeeper.application.port.Slots.ClaimScope;
import linekeeper.application.port.Slots.EveryAccount;
import linekeeper.application.port.Wake;
import linekeeper.application.simulation.Chance;
import linekeeper.application.simulation.VirtualTime;
import linekeeper.domain.AccountId;
import linekeeper.domain.call.ReservedCall;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/// The service's loop round the dispatcher, and its dials, on virtual time: at once for accounts it is
/// woken for, when a pace allows, and when a poll finds that another call has become due. Polls that
/// would find nothing are left out. Not thread-safe.
final class Dispatching implements Wake, Dialing {
    /// The longest that a call which is due waits for a poll, as in the service.
    private static final Duration POLL = Duration.ofSeconds(1);

    private static final int ROOM = 1_000;

    private final VirtualTime time;
    private final Chance jitter;
    private final Chance setups;
    private final Spread setup;
    private final Parts parts;
    private final Set<AccountId> woken = new LinkedHashSet<>();
    private boolean every;
    private boolean roundAhead;
    private @Nullable Instant again;
    private @Nullable Instant nextPoll;

    Dispatching(VirtualTime time, Chance chance, Spread setup, Parts parts) {
        this.time = time;
        this.jitter = chance.of("polls");
        this.setups = chance.of("setups");
        this.setup = setup;
        this.parts = parts;
    }

    @Override
    public void submit(ReservedCall call) {
        time.after(setup.draw(setups), () -> parts.dial.accept(call));
    }

    @Override
    public int room() {
        return ROOM;
    }

    @Override
    public void dispatch(AccountId account) {
        woken.add(account);
        plan();
    }

    @Override
    public void dispatchAt(Instant at) {
        if (again == null || at.isBefore(again)) {
            again = at;
            time.at(at, () -> atLast(at));
        }
    }

    private void atLast(Instant at) {
        if (at.equals(again)) {
            again = null;
            every = true;
            plan();
        }
    }

    private void plan() {
        if (!roundAhead) {
            roundAhead = true;
            time.at(time.instant(), this::round);
        }
    }

    private void round() {
        roundAhead = false;
        Dispatcher.Round round = parts.dispatcher.apply(scope());
        every = round.saturated();
        if (round.more()) {
            every = true;
            plan();
        }
        if (round.nextToken() != null) {
            dispatchAt(round.nextToken());
        }
        poll();
    }

    /// While a shared limit is reached, a freed slot may be anybody's.
    private ClaimScope scope() {
        ClaimScope scope = every ? new EveryAccount() : new Accounts(woken);
        woken.clear();
        every = false;
        return scope;
    }

    /// Has a poll come soon after the next call is due.
    private void poll() {
        Instant due = parts.nextDue.apply(time.instant()).orElse(null);
        if (due != null && (nextPoll == null || due.isBefore(nextPoll))) {
            nextPoll = due;
            Instant at = due.plus(jitter.between(Duration.ZERO, POLL));
            time.at(at, () -> polled(due));
        }
    }

    private void polled(Instant due) {
        if (due.equals(nextPoll)) {
            nextPoll = null;
        }
        every = true;
        plan();
    }

    /// What it works with.
    record Parts(
            Function<ClaimScope, Dispatcher.Round> dispatcher,
            Consumer<ReservedCall> dial,
            Function<Instant, Optional<Instant>> nextDue) {}
}
