package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.aCall;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.contract.TestCalls;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.ActiveCall;

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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

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
    private final AtomicInteger next = new AtomicInteger();
    private final Semaphore ends = new Semaphore(0);
    private final List<RunningNode> running = new ArrayList<>();

    /// Every account has one slot, and its next call comes in while the one before ends, and nothing else
    /// happens in it. The nodes do not poll: a call that its hand-over and its admission both miss waits for
    /// ever.
    @Test
    void loseNoWakeUp() throws Exception {
        try (TwoNodes nodes = nodes(Limits.of(1000, 1), NEVER, this::placeNext)) {
            for (int account = 0; account < ACCOUNTS; account++) {
                place(next.getAndIncrement(), account);
            }

            awaitEnds(nodes);
        }
    }

    /// A slot that comes free on one node may be for a call that came in on the other, which polls.
    @Test
    void exceedNoLimit() throws Exception {
        Limits limits = new Limits(6, 2, Map.of(TestCalls.PROVIDER, 5));
        AtomicBoolean done = new AtomicBoolean();
        try (TwoNodes nodes = nodes(limits, USUAL, any -> {});
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> watch = threads.submit(() -> watch(nodes.database(), done));
            for (int caller = 0; caller < CALLERS; caller++) {
                threads.execute(this::placeAll);
            }
            try {
                awaitEnds(nodes);
            } finally {
                done.set(true);
            }
            watch.get();
        }
        assertThat(broken).isEmpty();
    }

    private TwoNodes nodes(Limits limits, Duration poll, Consumer<ActiveCall> meanwhile) {
        TwoNodes nodes = new TwoNodes(limits, 4);
        for (int account = 0; account < ACCOUNTS; account++) {
            nodes.account("a" + account, limits.account());
        }
        running.add(new RunningNode(nodes.node(0), poll, meanwhile, ends));
        running.add(new RunningNode(nodes.node(1), poll, meanwhile, ends));
        return nodes;
    }

    private void placeNext(ActiveCall before) {
        int call = next.getAndIncrement();
        if (call < CALLS) {
            place(call, Integer.parseInt(before.key().account().value().substring(1)));
        }
    }

    private void placeAll() {
        for (int call = next.getAndIncrement(); call < CALLS; call = next.getAndIncrement()) {
            place(call, call % ACCOUNTS);
        }
    }

    /// On either node; leads are shared.
    private void place(int number, int account) {
        TestCalls call = aCall("c" + number).of("a" + account).to("+1415555010" + number % 10);
        running.get(number / ACCOUNTS % running.size())
                .place(number % 3 == 0 ? call.ofCampaign("autumn") : call);
    }

    private void awaitEnds(TwoNodes nodes) throws InterruptedException {
        try {
            awaitEndsOf(nodes);
        } finally {
            running.forEach(RunningNode::close);
        }
        assertThat(Promises.broken(nodes.database())).isEmpty();
    }

    /// For as long as any ends.
    private void awaitEndsOf(TwoNodes nodes) throws InterruptedException {
        for (int ended = 0; ended < CALLS; ended++) {
            assertThat(ends.tryAcquire(10, TimeUnit.SECONDS))
                    .as("%d ended, waiting: %d", ended, nodes.count("call_queue"))
                    .isTrue();
        }
        assertThat(nodes.count("call_ends")).isEqualTo(CALLS);
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
