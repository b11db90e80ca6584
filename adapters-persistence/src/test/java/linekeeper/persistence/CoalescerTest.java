package linekeeper.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import linekeeper.application.port.StoreUnavailable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Group commit (design 5): shared commits, own results, own errors.
@Timeout(60)
final class CoalescerTest {
    private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch firstBatchRuns = new CountDownLatch(1);
    private final CountDownLatch firstBatchMayEnd = new CountDownLatch(1);

    @Test
    void gathersWhatArrivesWhileABatchIsWritten() throws Exception {
        Coalescer<Integer, Integer> coalescer =
                new Coalescer<>(this::doubledHoldingFirst, 100, 1000);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> first = threads.submit(() -> coalescer.write(0));
            firstBatchRuns.await();
            List<Future<Integer>> others = new ArrayList<>();
            for (int i = 1; i <= 20; i++) {
                int operation = i;
                others.add(threads.submit(() -> coalescer.write(operation)));
            }
            awaitWaiting(coalescer, 20);
            firstBatchMayEnd.countDown();

            assertThat(first.get()).isZero();
            for (int i = 1; i <= 20; i++) {
                assertThat(others.get(i - 1).get()).isEqualTo(2 * i);
            }
        }
        assertThat(batches).hasSize(2);
        assertThat(batches.get(1)).hasSize(20);
    }

    @Test
    void letsOnlyThePoisonedOperationFail() throws Exception {
        Coalescer<Integer, Integer> coalescer =
                new Coalescer<>(
                        batch -> {
                            List<Integer> results = doubledHoldingFirst(batch);
                            if (batch.contains(13)) {
                                throw new IllegalArgumentException("poison");
                            }
                            return results;
                        },
                        100,
                        1000);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.execute(() -> coalescer.write(0));
            firstBatchRuns.await();
            Future<Integer> good = threads.submit(() -> coalescer.write(7));
            Future<Integer> bad = threads.submit(() -> coalescer.write(13));
            awaitWaiting(coalescer, 2);
            firstBatchMayEnd.countDown();

            assertThat(good.get()).isEqualTo(14);
            assertThatThrownBy(bad::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("poison");
        }
    }

    @Test
    void failsTheWholeBatchAtOnceInAnOutage() {
        AtomicInteger writes = new AtomicInteger();
        Coalescer<Integer, Integer> coalescer =
                new Coalescer<>(
                        batch -> {
                            writes.incrementAndGet();
                            throw new StoreUnavailable("down");
                        },
                        100,
                        1000);

        assertThatThrownBy(() -> coalescer.write(1)).isInstanceOf(StoreUnavailable.class);
        assertThat(writes).hasValue(1);
    }

    @Test
    void refusesMoreThanItsBoundAndGoesOn() throws Exception {
        Coalescer<Integer, Integer> coalescer = new Coalescer<>(this::doubledHoldingFirst, 100, 1);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.execute(() -> coalescer.write(0));
            firstBatchRuns.await();
            Future<Integer> waits = threads.submit(() -> coalescer.write(1));
            awaitWaiting(coalescer, 1);

            assertThatThrownBy(() -> coalescer.write(2)).isInstanceOf(StoreUnavailable.class);
            firstBatchMayEnd.countDown();
            assertThat(waits.get()).isEqualTo(2);
        }
    }

    @Test
    void losesNoWakeUp() throws Exception {
        AtomicInteger written = new AtomicInteger();
        Coalescer<Integer, Integer> coalescer =
                new Coalescer<>(
                        batch -> {
                            written.addAndGet(batch.size());
                            return batch;
                        },
                        64,
                        2000);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < 1000; t++) {
                all.add(
                        threads.submit(
                                () -> {
                                    for (int i = 0; i < 100; i++) {
                                        assertThat(coalescer.write(i)).isEqualTo(i);
                                    }
                                }));
            }
            for (Future<?> one : all) {
                one.get(30, TimeUnit.SECONDS);
            }
        }
        assertThat(written).hasValue(100_000);
    }

    private List<Integer> doubledHoldingFirst(List<Integer> batch) {
        batches.add(batch);
        if (batches.size() == 1) {
            firstBatchRuns.countDown();
            try {
                firstBatchMayEnd.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return batch.stream().map(operation -> 2 * operation).toList();
    }

    private static void awaitWaiting(Coalescer<?, ?> coalescer, int count) {
        while (coalescer.waiting() < count) {
            Thread.onSpinWait();
        }
    }
}
