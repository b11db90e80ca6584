package linekeeper.application;

import linekeeper.application.port.CallArchive;
import linekeeper.application.port.CallArchive.Place;
import linekeeper.application.port.CallArchive.Step;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// Archives calls that ended long ago, in small batches, walking through all accounts again and again
/// (C9). What still has something pending is passed over and looked at the next time round. If the
/// process dies on the way, the walk begins anew. Several nodes may run it. Thread-safe.
public final class ArchiveCalls {
    private static final int MOST_AT_ONCE = 200;

    private final CallArchive archive;
    private final Duration age;
    private @Nullable Place reached;

    /// @param age how long ago a call must have ended
    public ArchiveCalls(CallArchive archive, Duration age) {
        if (!age.isPositive()) {
            throw new IllegalArgumentException("an age above zero, not " + age);
        }
        this.archive = archive;
        this.age = age;
    }

    /// One batch, of one account.
    ///
    /// @throws linekeeper.application.port.StoreUnavailable the batch is looked at again
    public synchronized Round runOnce(Instant now) {
        Step step = archive.step(reached, now.minus(age), MOST_AT_ONCE);
        reached = step.next();
        return new Round(step.archived(), reached != null);
    }

    /// @param archived how many calls were moved
    /// @param more the walk has not come to its end
    public record Round(int archived, boolean more) {}
}
