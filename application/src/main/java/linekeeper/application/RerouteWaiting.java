package linekeeper.application;

import linekeeper.application.port.CallQueue;
import linekeeper.application.port.Calls;
import linekeeper.application.port.Change;
import linekeeper.application.port.StoreUnavailable;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallKey;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.TimelineEvent;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Moves due calls that wait for a failing provider to their agents' stand-ins, and calls whose agents
/// were changed to where those are now, as many as a round allows; they keep their places. Calls without
/// a stand-in wait on (H6). A call that gets its slot first is not dialed and goes the same way. Several
/// nodes may run it. Thread-safe.
public final class RerouteWaiting {
    private static final int MOST_AT_ONCE = 200;

    private final CallQueue queue;
    private final Calls calls;
    private final CallDesk desk;
    private final Failover failover;
    private final Breakers breakers;
    private final InstantSource clock;
    private final Set<AccountId> changed = ConcurrentHashMap.newKeySet();

    RerouteWaiting(
            CallQueue queue,
            Calls calls,
            CallDesk desk,
            Failover failover,
            Breakers breakers,
            InstantSource clock) {
        this.queue = queue;
        this.calls = calls;
        this.desk = desk;
        this.failover = failover;
        this.breakers = breakers;
        this.clock = clock;
    }

    /// Agents of the account, or of its campaigns, were changed: the next rounds look after its calls.
    public void agentsChanged(AccountId account) {
        changed.add(account);
    }

    /// How many calls were moved, at most 200 that wait for failing providers and as many of each
    /// account whose agents were changed.
    ///
    /// @throws linekeeper.application.port.StoreUnavailable try again later
    public int runOnce() {
        Instant now = clock.instant();
        int moved = 0;
        for (AccountId account : changed) {
            moved += moveAstray(account, now);
        }
        Set<ProviderName> failing = breakers.failing();
        return failing.isEmpty() ? moved : moved + moveFrom(failing, now);
    }

    private int moveAstray(AccountId account, Instant now) {
        changed.remove(account);
        try {
            List<CallKey> astray = queue.astray(account, MOST_AT_ONCE);
            if (astray.size() == MOST_AT_ONCE) {
                changed.add(account);
            }
            return moveAll(astray, failover::newWay, "agent was changed", now);
        } catch (StoreUnavailable e) {
            changed.add(account);
            throw e;
        }
    }

    private int moveFrom(Set<ProviderName> failing, Instant now) {
        List<CallKey> waiting = queue.reroutable(failing, breakers.usable(), now, MOST_AT_ONCE);
        return moveAll(waiting, failover::insteadOf, "provider is failing", now);
    }

    private int moveAll(
            List<CallKey> keys,
            Function<QueuedCall, Optional<ProviderName>> way,
            String cause,
            Instant now) {
        int moved = 0;
        for (CallKey key : keys) {
            if (calls.find(key).orElse(null) instanceof QueuedCall waiting) {
                moved += way.apply(waiting).map(to -> move(waiting, to, cause, now)).orElse(0);
            }
        }
        return moved;
    }

    private int move(QueuedCall waiting, ProviderName to, String cause, Instant now) {
        Change<Integer> moved =
                Change.to(
                        waiting.reroute(to),
                        rerouted(waiting.accepted().provider(), to, cause, now),
                        1);
        return desk.change(
                waiting.key(),
                now,
                current -> current.filter(waiting::equals).isPresent() ? moved : Change.none(0));
    }

    static TimelineEvent rerouted(ProviderName from, ProviderName to, String cause, Instant now) {
        return TimelineEvent.of(
                now, "rerouted", Map.of("from", from.value(), "to", to.value(), "cause", cause));
    }
}
