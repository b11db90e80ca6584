package linekeeper.application.results;

import linekeeper.application.port.Notices;

import java.time.Duration;
import java.time.InstantSource;

/// Gives up what nobody has asked for: accounts without a webhook, or with one that answered 410, would
/// gather notices for ever. Several nodes may run it. Thread-safe.
public final class GiveUpNotices {
    private static final Duration WAITED = Duration.ofDays(3);
    private static final int MOST_AT_ONCE = 1_000;

    private final Notices notices;
    private final InstantSource clock;

    GiveUpNotices(Notices notices, InstantSource clock) {
        this.notices = notices;
        this.clock = clock;
    }

    /// How many were given up, a bounded batch.
    public int runOnce() {
        return notices.giveUp(
                clock.instant().minus(WAITED), "no webhook took it for 3 days", MOST_AT_ONCE);
    }
}
