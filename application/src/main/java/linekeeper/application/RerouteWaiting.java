package linekeeper.application;

import linekeeper.application.port.CallQueue;
import linekeeper.application.port.Calls;
import linekeeper.application.port.Change;
import linekeeper.domain.CallKey;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.TimelineEvent;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/// Moves due calls that wait for a failing provider to their agents' stand-ins, as many as a round
/// allows; they keep their places. Calls without a stand-in wait on (H6). Several nodes may run it.
/// Thread-safe.
public final class RerouteWaiting {
    private static final int MOST_AT_ONCE = 200;

    private final CallQueue queue;
    private final Calls calls;
    private final CallDesk desk;
    private final Failover failover;
    private final Breakers breakers;
    private final InstantSource clock;

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

    /// How many calls were moved, at most 200.
    ///
    /// @throws linekeeper.application.port.StoreUnavailable try again later
    public int runOnce() {
        Set<ProviderName> failing = breakers.failing();
        if (failing.isEmpty()) {
            return 0;
        }
        Instant now = clock.instant();
        int moved = 0;
        for (CallKey key : queue.reroutable(failing, breakers.usable(), now, MOST_AT_ONCE)) {
            moved += move(key, now) ? 1 : 0;
        }
        return moved;
    }

    private boolean move(CallKey key, Instant now) {
        return calls.find(key).orElse(null) instanceof QueuedCall waiting
                && failover.insteadOf(waiting).map(to -> move(waiting, to, now)).orElse(false);
    }

    private boolean move(QueuedCall waiting, ProviderName to, Instant now) {
        Change<Boolean> moved =
                Change.to(
                        waiting.reroute(to),
                        rerouted(waiting.accepted().provider(), to, "provider is failing", now),
                        true);
        return desk.change(
                waiting.key(),
                now,
                current ->
                        current.filter(waiting::equals).isPresent() ? moved : Change.none(false));
    }

    static TimelineEvent rerouted(ProviderName from, ProviderName to, String cause, Instant now) {
        return TimelineEvent.of(
                now, "rerouted", Map.of("from", from.value(), "to", to.value(), "cause", cause));
    }
}
