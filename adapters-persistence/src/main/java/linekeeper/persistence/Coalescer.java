package linekeeper.persistence;

import linekeeper.application.port.StoreUnavailable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/// Group commit: operations that arrive while a batch is being written wait and are written together
/// as the next one. Each caller gets its own durable result or its own error; an idle system pays one
/// commit per operation, a busy one a share. Thread-safe.
///
/// Whoever finds nobody writing leads: it writes one batch, hands the lead to the first that waits,
/// and returns. Where many come, it lets some of them come first ([Spacing]), unless its batch is full. There is
/// no thread and no timer.
///
/// A batch that fails because of one bad operation is written again one by one, so that only the bad
/// one fails. An outage fails the whole batch at once. An interrupted caller waits on: its operation
/// may be in the batch that is being written.
final class Coalescer<O, R> {
    private final Function<List<O>, List<R>> writer;
    private final int mostPerBatch;
    private final int mostWaiting;
    private final Spacing spacing;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Pending<O, R>> waiting = new ArrayDeque<>();
    private boolean writing;

    /// @param writer writes a batch in one commit; its results are in the order of the operations
    /// @param mostWaiting one more is refused as [StoreUnavailable]
    Coalescer(Function<List<O>, List<R>> writer, int mostPerBatch, int mostWaiting) {
        this(writer, mostPerBatch, mostWaiting, Spacing.real());
    }

    /// @param spacing of its own
    Coalescer(
            Function<List<O>, List<R>> writer, int mostPerBatch, int mostWaiting, Spacing spacing) {
        this.writer = writer;
        this.mostPerBatch = mostPerBatch;
        this.mostWaiting = mostWaiting;
        this.spacing = spacing;
    }

    R write(O operation) {
        return writeAll(List.of(operation)).getFirst().get();
    }

    /// Writes many at once, in their order; each answer gives its operation's result or throws its
    /// failure.
    List<Supplier<R>> writeAll(List<O> operations) {
        List<Pending<O, R>> mine =
                operations.stream().map(operation -> new Pending<O, R>(operation)).toList();
        boolean leads = joinOrLead(mine);
        for (Pending<O, R> one : mine) {
            if (leads || one.leads()) {
                List<Pending<O, R>> batch = nextBatch();
                spacing.begin();
                writeBatch(batch);
                spacing.end(batch.size());
                handOver();
            }
            leads = false;
        }
        return mine.stream().<Supplier<R>>map(one -> one::result).toList();
    }

    /// How many operations wait for the batch after the one that is being written.
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /// True: nobody is writing, so the caller must.
    private boolean joinOrLead(List<Pending<O, R>> mine) {
        lock.lock();
        try {
            if (waiting.size() + mine.size() > mostWaiting) {
                throw new StoreUnavailable("Too many operations wait to be written");
            }
            waiting.addAll(mine);
            boolean leads = !writing && !mine.isEmpty();
            writing |= leads;
            return leads;
        } finally {
            lock.unlock();
        }
    }

    private List<Pending<O, R>> nextBatch() {
        if (waiting() < mostPerBatch) {
            spacing.await();
        }
        lock.lock();
        try {
            List<Pending<O, R>> batch = new ArrayList<>();
            while (batch.size() < mostPerBatch && !waiting.isEmpty()) {
                batch.add(waiting.remove());
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void handOver() {
        lock.lock();
        try {
            writing = !waiting.isEmpty();
            if (writing) {
                waiting.element().lead();
            }
        } finally {
            lock.unlock();
        }
    }

    private void writeBatch(List<Pending<O, R>> batch) {
        try {
            List<R> results = writer.apply(batch.stream().map(Pending::operation).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).succeed(results.get(i));
            }
        } catch (StoreUnavailable e) {
            batch.forEach(pending -> pending.fail(e));
        } catch (RuntimeException | Error e) {
            if (batch.size() == 1) {
                batch.getFirst().fail(e);
            } else {
                batch.forEach(pending -> writeBatch(List.of(pending)));
            }
        }
    }

    /// An operation and whoever waits for it: first for its turn or its result, then for its result.
    private static final class Pending<O, R> {
        private final O operation;
        private final CompletableFuture<R> result = new CompletableFuture<>();
        private final CompletableFuture<Boolean> turn = new CompletableFuture<>();

        Pending(O operation) {
            this.operation = operation;
        }

        O operation() {
            return operation;
        }

        void lead() {
            turn.complete(true);
        }

        void succeed(R value) {
            result.complete(value);
            turn.complete(false);
        }

        void fail(Throwable failure) {
            result.completeExceptionally(failure);
            turn.complete(false);
        }

        /// Waits until it must lead (true) or is written (false).
        boolean leads() {
            return turn.join();
        }

        R result() {
            try {
                return result.join();
            } catch (CompletionException e) {
                throw rethrown(Objects.requireNonNull(e.getCause()));
            }
        }

        private static RuntimeException rethrown(Throwable failure) {
            switch (failure) {
                case StoreUnavailable e ->
                        throw new StoreUnavailable("The batch was not written", e);
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                default -> throw new IllegalStateException(failure);
            }
        }
    }
}
