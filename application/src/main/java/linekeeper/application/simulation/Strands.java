package linekeeper.application.simulation;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/// Threads that take turns in virtual time: one runs, until it pauses or ends, and then the next event
/// has its turn. So code that blocks runs as it is, every interleaving at its pauses is possible, and
/// the seed alone decides which.
///
/// The methods are for whoever has the turn.
public final class Strands {
    private final VirtualTime time;
    private final Executor threads;
    private final Semaphore turnOver = new Semaphore(0);
    private final Set<Strand> open = new LinkedHashSet<>();
    private @Nullable Strand running;
    private @Nullable Throwable failure;
    private boolean abandoned;

    /// @param threads begins each task at once on a thread of its own
    public Strands(VirtualTime time, Executor threads) {
        this.time = time;
        this.threads = threads;
    }

    /// Begins `work` once whoever has the turn pauses or ends.
    public void start(Runnable work) {
        startAfter(Duration.ZERO, work);
    }

    public void startAfter(Duration delay, Runnable work) {
        time.after(delay, () -> begin(new Strand(work)));
    }

    /// Lets time pass for the strand that has the turn; others have theirs meanwhile.
    ///
    /// @throws Abandoned it shall end
    public void pause(Duration time) {
        Strand me = Objects.requireNonNull(running, "only strands pause");
        if (abandoned) {
            throw new Abandoned();
        }
        if (this.time.skip(time)) {
            return;
        }
        this.time.after(time, () -> resume(me));
        turnOver.release();
        me.turn.acquireUninterruptibly();
        if (abandoned) {
            throw new Abandoned();
        }
    }

    /// Ends every strand where it pauses.
    public void abandon() {
        abandoned = true;
        List.copyOf(open).forEach(this::resume);
    }

    /// What a strand has failed of first; null: none has.
    public @Nullable Throwable failure() {
        return failure;
    }

    private void begin(Strand strand) {
        if (abandoned) {
            return;
        }
        open.add(strand);
        running = strand;
        threads.execute(strand);
        awaitTurn();
    }

    private void resume(Strand strand) {
        if (open.contains(strand)) {
            running = strand;
            strand.turn.release();
            awaitTurn();
        }
    }

    private void awaitTurn() {
        turnOver.acquireUninterruptibly();
        running = null;
    }

    /// Thrown through a strand that shall end; an error, so that no code takes it for a failure that it
    /// could handle.
    public static class Abandoned extends Error {
        private static final long serialVersionUID = 1L;

        public Abandoned() {
            super("abandoned", null, false, false);
        }
    }

    private final class Strand implements Runnable {
        private final Semaphore turn = new Semaphore(0);
        private final Runnable work;

        Strand(Runnable work) {
            this.work = work;
        }

        @Override
        public void run() {
            try {
                work.run();
            } catch (Abandoned e) {
                // As it shall.
            } catch (Throwable e) {
                failure = failure == null ? e : failure;
            } finally {
                open.remove(this);
                turnOver.release();
            }
        }
    }
}
