package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.PROVIDER;
import static linekeeper.application.contract.TestCalls.aCall;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Slots.EveryAccount;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.queue.Rate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/// Many threads on two nodes claim while time passes: in no stretch of time more calls are given out
/// than the burst and the rate allow (F4).
@Timeout(120)
final class PaceOnTwoNodesTest {
    private static final int CALLS = 120;
    private static final int WORKERS = 6;
    private static final double RATE = 7;

    private final AtomicLong millis = new AtomicLong();
    private final Queue<ReservedCall> given = new ConcurrentLinkedQueue<>();

    @Test
    void neverExceedsTheRate() throws Exception {
        Limits limits = new Limits(1000, 1000, Map.of(), Map.of(PROVIDER, Rate.perSecond("7")));
        try (TwoNodes nodes = new TwoNodes(limits)) {
            for (int i = 0; i < CALLS; i++) {
                nodes.admit(i, aCall("c" + i), false);
            }

            claimAll(nodes);
        }

        List<Instant> times =
                given.stream().map(call -> call.slot().reservedAt()).sorted().toList();
        assertThat(times).hasSize(CALLS);
        for (int first = 0; first < CALLS; first++) {
            for (int last = first; last < CALLS; last++) {
                Duration window = Duration.between(times.get(first), times.get(last));
                assertThat(last - first + 1.0)
                        .as("calls in %s", window)
                        .isLessThanOrEqualTo(RATE + RATE * window.toNanos() / 1e9);
            }
        }
    }

    private void claimAll(TwoNodes nodes) throws Exception {
        List<Future<?>> work = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int worker = 0; worker < WORKERS; worker++) {
                int node = worker;
                work.add(threads.submit(() -> claimOn(nodes, node)));
            }
            for (Future<?> one : work) {
                one.get();
            }
        }
    }

    /// The time of the claim is read behind the gate, as in the service.
    private void claimOn(TwoNodes nodes, int node) {
        while (given.size() < CALLS) {
            nodes.node(node)
                    .slots()
                    .claim(
                            new EveryAccount(),
                            ClaimTerms.of(50, () -> NOW.plusMillis(millis.addAndGet(20))))
                    .calls()
                    .forEach(given::add);
        }
    }
}
