package linekeeper.bootstrap.bench;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/// Does something many times, from several threads at once.
final class Callers {
    private Callers() {}

    /// Returns when all is done.
    ///
    /// @throws IllegalStateException one failed; its cause says why
    static void run(int times, int threads, IntConsumer work) {
        AtomicInteger next = new AtomicInteger();
        AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            running.add(Thread.ofVirtual().start(() -> turn(times, next, work, failure)));
        }
        join(running);
        RuntimeException first = failure.get();
        if (first != null) {
            throw new IllegalStateException("The preparation failed", first);
        }
    }

    private static void turn(
            int times,
            AtomicInteger next,
            IntConsumer work,
            AtomicReference<@Nullable RuntimeException> failure) {
        try {
            int number = next.getAndIncrement();
            while (number < times && failure.get() == null) {
                work.accept(number);
                number = next.getAndIncrement();
            }
        } catch (RuntimeException e) {
            failure.set(e);
        }
    }

    private static void join(List<Thread> running) {
        try {
            for (Thread thread : running) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
