package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.key;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.Change;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Slots.EveryAccount;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.TimelineEvent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A cancel and a claim of one call: exactly one wins, neither waits for the other (D3, H5).
@Timeout(60)
final class CancelAndClaimTest {
    private static final int CALLS = 60;

    @Test
    void skipsACallThatIsBeingChangedAndTakesTheNext() throws Exception {
        try (TwoNodes nodes = new TwoNodes(Limits.of(10, 1))) {
            nodes.admit(0, aCall("first"), false);
            nodes.admit(0, aCall("second"), false);
            CountDownLatch locked = new CountDownLatch(1);
            CountDownLatch claimed = new CountDownLatch(1);

            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<?> change = threads.submit(() -> holdLocked(nodes, locked, claimed));
                locked.await();
                List<ReservedCall> calls =
                        nodes.node(1)
                                .slots()
                                .claim(new EveryAccount(), ClaimTerms.of(10, () -> NOW))
                                .calls();
                claimed.countDown();
                change.get();

                assertThat(calls).extracting(ReservedCall::key).containsExactly(key("second"));
            }
        }
    }

    @Test
    void letsExactlyOneOfThemWin() throws Exception {
        try (TwoNodes nodes = new TwoNodes(Limits.of(1000, 1000))) {
            for (int i = 0; i < CALLS; i++) {
                nodes.admit(0, aCall("c" + i), false);
            }
            List<Future<Boolean>> cancels = new ArrayList<>();
            List<Future<Integer>> claims = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < CALLS; i++) {
                    int call = i;
                    cancels.add(threads.submit(() -> cancel(nodes, "c" + call)));
                    claims.add(threads.submit(() -> claimSome(nodes, call)));
                }
            }

            int cancelled = 0;
            for (Future<Boolean> one : cancels) {
                cancelled += one.get() ? 1 : 0;
            }
            int claimed = claimSome(nodes, 0);
            for (Future<Integer> one : claims) {
                claimed += one.get();
            }
            assertThat(cancelled + claimed).isEqualTo(CALLS);
            assertThat(nodes.count("active_calls")).isEqualTo(claimed);
            assertThat(nodes.count("call_ends WHERE outcome = 'cancelled'")).isEqualTo(cancelled);
            assertThat(nodes.count("call_queue")).isZero();
        }
    }

    private static boolean cancel(TwoNodes nodes, String id) {
        return nodes.node(0).calls().change(key(id), CancelAndClaimTest::withdraw);
    }

    private static Change<Boolean> withdraw(Optional<Call> current) {
        return current.orElseThrow() instanceof QueuedCall waiting
                ? Change.to(
                        waiting.withdraw(new Outcome.Cancelled(), NOW),
                        TimelineEvent.of(NOW, "ended"),
                        true)
                : Change.none(false);
    }

    private static int claimSome(TwoNodes nodes, int node) {
        int most = node == 0 ? CALLS : 2;
        return nodes.node(node)
                .slots()
                .claim(new EveryAccount(), ClaimTerms.of(most, () -> NOW))
                .calls()
                .size();
    }

    private static void holdLocked(TwoNodes nodes, CountDownLatch locked, CountDownLatch claimed) {
        nodes.database()
                .inTransaction(
                        () -> {
                            nodes.database()
                                    .query(
                                            Sql.of(
                                                    """
                                                    SELECT call_id FROM call_queue
                                                     WHERE call_id = 'first' FOR NO KEY UPDATE
                                                    """),
                                            row -> true);
                            locked.countDown();
                            await(claimed);
                            return true;
                        });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
