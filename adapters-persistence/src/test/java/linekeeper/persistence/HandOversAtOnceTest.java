package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.aCall;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.AcceptCall.Starts;
import linekeeper.application.contract.TestCalls;
import linekeeper.domain.account.Limits;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Calls come in and end on two nodes at once, and slots are handed on from one to the next: no limit is
/// passed, and nobody who could go is left waiting (B6, D3, D8, I1).
@Timeout(120)
final class HandOversAtOnceTest {
    private static final int CALLS = 400;
    private static final int ACCOUNTS = 4;
    private static final int CALLERS = 8;
    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration USUAL = Duration.ofMillis(500);

    private final Set<String> broken = new ConcurrentSkipListSet<>();
    private final AtomicInteger started = new AtomicInteger();

    /// The nodes do not poll: whoever is missed by hand-overs and wake-ups waits for ever.
    @Test
    void loseNoWakeUp() throws Exception {
        int byDispatcher = run(Limits.of(1000, 2), NEVER);

        assertThat(started.get() + byDispatcher).as("some slots were handed on").isLessThan(CALLS);
    }

    /// A slot that comes free on one node may be for a call that came in on the other, which polls.
    @Test
    void exceedNoLimitThatAccountsShare() throws Exception {
        run(new Limits(6, 2, Map.of(TestCalls.PROVIDER, 5)), USUAL);
    }

    /// How many calls got their slots from dispatchers.
    private int run(Limits limits, Duration poll) throws Exception {
        try (TwoNodes nodes = new TwoNodes(limits, 4)) {
            for (int account = 0; account < ACCOUNTS; account++) {
                nodes.account("a" + account, limits.account());
            }
            RunningNode first = new RunningNode(nodes.node(0), poll);
            RunningNode second = new RunningNode(nodes.node(1), poll);
            try (first;
                    second) {
                place(nodes, List.of(first, second));
            }
            assertThat(broken).isEmpty();
            assertThat(nodes.count("call_ends")).isEqualTo(CALLS);
            assertThat(Promises.broken(nodes.database())).isEmpty();
            return first.dispatched() + second.dispatched();
        }
    }

    private void place(TwoNodes nodes, List<RunningNode> running) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> watch = threads.submit(() -> watch(nodes.database(), done));
            List<Future<?>> callers = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                RunningNode node = running.get(caller % running.size());
                callers.add(threads.submit(() -> placeAll(node, next)));
            }
            try {
                for (Future<?> one : callers) {
                    one.get();
                }
                awaitEnds(nodes);
            } finally {
                done.set(true);
            }
            watch.get();
        }
    }

    private void placeAll(RunningNode node, AtomicInteger next) {
        for (int i = next.getAndIncrement(); i < CALLS; i = next.getAndIncrement()) {
            TestCalls call = aCall("c" + i).of("a" + i % ACCOUNTS).to("+1415555010" + i % 10);
            var accepted = node.place(i % 3 == 0 ? call.ofCampaign("autumn") : call);
            started.addAndGet(accepted instanceof Starts ? 1 : 0);
        }
    }

    /// As long as any ends.
    private void awaitEnds(TwoNodes nodes) throws InterruptedException {
        long patience = TimeUnit.SECONDS.toNanos(15);
        long ended = 0;
        for (long since = System.nanoTime(); ended < CALLS; ) {
            long now = nodes.count("call_ends");
            since = now > ended ? System.nanoTime() : since;
            ended = now;
            assertThat(System.nanoTime() - since)
                    .as("%d ended, waiting: %d", now, nodes.count("call_queue"))
                    .isLessThan(patience);
            Thread.sleep(10);
        }
    }

    private void watch(Database database, AtomicBoolean done) {
        PostgresFigures figures = new PostgresFigures(database);
        while (!done.get()) {
            if (!figures.trouble(NOW, NOW).beyondLimit().isEmpty()) {
                broken.add("slots were given out beyond a limit");
            }
        }
    }
}
