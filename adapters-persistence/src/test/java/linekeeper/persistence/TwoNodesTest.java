package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.aCall;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.contract.TestCalls;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Intake;
import linekeeper.application.port.Intake.Admission;
import linekeeper.application.port.Slots.Claim;
import linekeeper.application.port.Slots.EveryAccount;
import linekeeper.domain.CallKey;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.ReservedCall;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Many threads on two nodes: ids stay single and limits hold (A4, D3, D8, I1).
@Timeout(120)
final class TwoNodesTest {
    private static final int CALLS = 400;
    private static final int ACCOUNTS = 4;
    private static final int WORKERS = 8;

    private final Set<CallKey> everReserved = ConcurrentHashMap.newKeySet();
    private final Queue<ReservedCall> live = new ConcurrentLinkedQueue<>();
    private final List<String> violations = new ArrayList<>();

    @Test
    void recordsOneOf64CandidatesWithOneIdOnBothNodes() throws Exception {
        try (TwoNodes nodes = new TwoNodes(Limits.of(1000, 2))) {
            List<Future<Admission>> all = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 64; i++) {
                    int node = i;
                    all.add(threads.submit(() -> nodes.admit(node, aCall("same"), true)));
                }
            }

            List<Intake.Admitted> answers = new ArrayList<>();
            for (Future<Admission> one : all) {
                answers.add(one.get().own());
            }
            assertThat(answers).filteredOn(Intake.Reserved.class::isInstance).hasSize(1);
            assertThat(answers).filteredOn(Intake.Known.class::isInstance).hasSize(63);
            assertThat(nodes.count("calls")).isEqualTo(1);
            assertThat(nodes.count("active_calls")).isEqualTo(1);
            assertThat(nodes.count("call_timeline")).isEqualTo(2);
        }
    }

    /// The system's limit or the provider's is the tightest; the higher it is, the more rarely a node
    /// counts all slots.
    static List<Limits> limits() {
        return List.of(
                new Limits(5, 2, Map.of(TestCalls.PROVIDER, 4)),
                new Limits(5, 9, Map.of()),
                new Limits(30, 9, Map.of()));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void neverExceedsALimitAndEndsEveryCall(Limits limits) throws Exception {
        try (TwoNodes nodes = new TwoNodes(limits)) {
            for (int account = 0; account < ACCOUNTS; account++) {
                nodes.account("a" + account, limits.account());
            }

            run(nodes, limits);

            assertThat(violations).isEmpty();
            assertThat(everReserved).hasSize(CALLS);
            assertThat(nodes.count("call_ends")).isEqualTo(nodes.count("calls"));
            assertThat(nodes.count("active_calls")).isZero();
            assertThat(nodes.count("call_queue")).isZero();
            assertThat(nodes.count("notices")).isEqualTo(CALLS);
            assertThat(nodes.count("call_ends WHERE last_event <> 3")).isZero();
        }
    }

    /// Some threads admit, some end what is live and claim for what waits, one watches the slots.
    private void run(TwoNodes nodes, Limits limits) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> watch = threads.submit(() -> watch(nodes, limits, done));
            List<Future<?>> work = new ArrayList<>();
            for (int worker = 0; worker < WORKERS; worker++) {
                int node = worker;
                work.add(threads.submit(() -> admitAll(nodes, node, next)));
                work.add(threads.submit(() -> endAll(nodes, node)));
            }
            for (int i = 0; i < work.size(); i += 2) {
                work.get(i).get();
            }
            for (Future<?> one : work) {
                one.get();
            }
            done.set(true);
            watch.get();
        }
    }

    private void admitAll(TwoNodes nodes, int node, AtomicInteger next) {
        for (int i = next.getAndIncrement(); i < CALLS; i = next.getAndIncrement()) {
            TestCalls call = aCall("c" + i).of("a" + i % ACCOUNTS);
            Admission admission =
                    nodes.admit(node, i % 3 == 0 ? call.ofCampaign("autumn") : call, true);
            if (admission.own() instanceof Intake.Reserved(ReservedCall mine)) {
                take(mine);
            }
            admission.others().forEach(this::take);
        }
    }

    private void endAll(TwoNodes nodes, int node) {
        while (everReserved.size() < CALLS || !live.isEmpty()) {
            ReservedCall call = live.poll();
            if (call != null) {
                nodes.end(node, call);
            }
            Claim claim =
                    nodes.node(node).slots().claim(new EveryAccount(), ClaimTerms.of(3, () -> NOW));
            claim.calls().forEach(this::take);
        }
    }

    private void take(ReservedCall call) {
        if (!everReserved.add(call.key())) {
            violations.add(call.key() + " was reserved twice");
        }
        live.add(call);
    }

    private void watch(TwoNodes nodes, Limits limits, AtomicBoolean done) {
        int most = Math.min(limits.system(), limits.provider(TestCalls.PROVIDER));
        Sql slots =
                Sql.of(
                        """
                        SELECT account_id, count(*) AS own, sum(count(*)) OVER () AS all
                          FROM active_calls
                         GROUP BY account_id
                        """);
        while (!done.get()) {
            nodes.database()
                    .query(
                            slots,
                            row ->
                                    row.number("own") <= limits.account()
                                            && row.number("all") <= most)
                    .forEach(
                            within -> {
                                if (!within) {
                                    violations.add("more slots in use than a limit allows");
                                }
                            });
        }
    }
}
