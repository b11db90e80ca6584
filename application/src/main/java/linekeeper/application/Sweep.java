package linekeeper.application;

import linekeeper.application.EndCall.Ending;
import linekeeper.application.port.CallQueue;
import linekeeper.application.port.Change;
import linekeeper.application.port.ParkedReports;
import linekeeper.application.port.Upkeep;
import linekeeper.domain.CallKey;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.QueuedCall;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Tidies up in small batches: expires waiting calls whose time is over, forgets parked reports that
/// nothing was ever bound to. Several nodes may run it. Thread-safe.
public final class Sweep {
    private static final int MOST_AT_ONCE = 500;

    /// A bind can land as late as a call can last; a day is beyond any provider's longest.
    private static final Duration PARKED_FOR = Duration.ofDays(1);

    private final CallQueue queue;
    private final ParkedReports parked;
    private final Upkeep upkeep;
    private final CallDesk desk;
    private final InstantSource clock;

    public Sweep(
            CallQueue queue,
            ParkedReports parked,
            Upkeep upkeep,
            CallDesk desk,
            InstantSource clock) {
        this.queue = queue;
        this.parked = parked;
        this.upkeep = upkeep;
        this.desk = desk;
        this.clock = clock;
    }

    public Swept runOnce() {
        Instant now = clock.instant();
        int expired = 0;
        for (CallKey key : queue.expired(now, MOST_AT_ONCE)) {
            expired += expire(key, now) ? 1 : 0;
        }
        int forgotten = parked.removeBefore(now.minus(PARKED_FOR));
        upkeep.run(now);
        return new Swept(expired, forgotten);
    }

    /// A call that got its slot meanwhile is left to its dial, which looks at the time itself.
    private boolean expire(CallKey key, Instant now) {
        Ending ending = Ending.of(new Outcome.Expired(), now, "expiry");
        return desk.change(
                key,
                now,
                current ->
                        current.orElse(null) instanceof QueuedCall waiting
                                ? EndCall.waiting(waiting, ending, true)
                                : Change.none(false));
    }

    /// @param expired calls that ended as `expired`
    /// @param forgotten parked reports removed
    public record Swept(int expired, int forgotten) {}
}
