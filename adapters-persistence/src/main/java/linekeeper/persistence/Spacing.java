package linekeeper.persistence;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/// When the next batch of a [Coalescer] may begin: at once, unless the one before was not small. Then as long
/// after its end as it took, but no later than [#APART] after it began. A batch costs the database as much as
/// some ten of its operations do, so where many come, fewer and larger ones leave the processors free for what
/// else there is to do; whoever comes mostly has to wait for the batch before anyway. Not thread-safe.
final class Spacing {
    static final Duration APART = Duration.ofMillis(8);

    /// Operations. Where calls come one by one, no batch has as many.
    static final int BUSY = 6;

    private final LongSupplier clock;
    private final LongConsumer pause;
    private long began;
    private long mayBegin;
    private boolean busy;

    /// @param clock in nanoseconds
    /// @param pause waits for so many nanoseconds, or less
    Spacing(LongSupplier clock, LongConsumer pause) {
        this.clock = clock;
        this.pause = pause;
    }

    /// That of this machine's clock.
    static Spacing real() {
        return new Spacing(System::nanoTime, LockSupport::parkNanos);
    }

    /// Waits until a batch may begin.
    void await() {
        long early = busy ? mayBegin - clock.getAsLong() : 0;
        if (early > 0) {
            pause.accept(early);
        }
    }

    /// A batch begins now.
    void begin() {
        began = clock.getAsLong();
    }

    /// It is over, and was of so many operations.
    void end(int operations) {
        long took = clock.getAsLong() - began;
        busy = operations >= BUSY;
        mayBegin = began + Math.min(2 * took, APART.toNanos());
    }
}
