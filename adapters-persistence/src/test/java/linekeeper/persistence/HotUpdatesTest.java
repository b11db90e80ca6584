package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.execution;
import static linekeeper.application.contract.TestCalls.key;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.Change;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Progress;
import linekeeper.domain.call.TimelineEvent;
import linekeeper.domain.call.UnboundCall;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A record is never written again, and an end that learns more writes no index. What happens between a
/// call's acceptance and its end writes no index of its slot (design 5). An index on the status or the
/// execution, or a condition of an index that names one, would break this.
final class HotUpdatesTest {
    private static final int CALLS = 100;

    @Test
    void leavesTheRecordAndTheIndexesOfTheSlotAlone() {
        try (TwoNodes nodes = new TwoNodes(Limits.of(10, 10), 1)) {
            nodes.admit(0, aCall("a"), true);
            change(nodes, call -> ((UnboundCall) call).bind(execution("x"), null, NOW));
            change(nodes, call -> advanced(call, Progress.RINGING));
            change(nodes, call -> advanced(call, Progress.ANSWERED));
            change(nodes, call -> advanced(call, Progress.DISCONNECTED));

            assertThat(updates(nodes, "calls", "n_tup_upd")).isZero();
            assertThat(updates(nodes, "active_calls", "n_tup_upd")).isEqualTo(4);
            assertThat(updates(nodes, "active_calls", "n_tup_hot_upd")).isEqualTo(4);
        }
    }

    /// Nothing can be taken away then, so every version needs room of its own; a page of slots has it.
    @Test
    void findsRoomBesideASlotWhileSomebodyKeepsATransactionOpen() throws Exception {
        try (TwoNodes nodes = new TwoNodes(Limits.of(CALLS, CALLS), 1);
                OpenReader _ = nodes.openReader()) {
            for (int i = 0; i < CALLS; i++) {
                String id = "order-2026-11-30-" + i;
                nodes.admit(0, aCall(id), true);
            }
            for (int i = 0; i < CALLS; i++) {
                String id = "order-2026-11-30-" + i;
                String execution = "b9d7a1c5-4f5e-4d0c-9a53-2f06ce2c3%03d".formatted(i);
                var named = Map.of("execution_id", execution);
                change(
                        nodes,
                        id,
                        TimelineEvent.of(NOW, "bound", named),
                        call -> ((UnboundCall) call).bind(execution(execution), null, NOW));
                change(
                        nodes,
                        id,
                        TimelineEvent.of(NOW, "answered", named),
                        call -> advanced(call, Progress.ANSWERED));
            }

            assertThat(updates(nodes, "active_calls", "n_tup_upd")).isEqualTo(2 * CALLS);
            assertThat(updates(nodes, "active_calls", "n_tup_hot_upd")).isEqualTo(2 * CALLS);
        }
    }

    @Test
    void writesARecordOnceAndAnEndOnce() {
        try (TwoNodes nodes = new TwoNodes(Limits.of(10, 10), 1)) {
            nodes.admit(0, aCall("a"), true);
            change(nodes, call -> ((UnboundCall) call).bind(execution("x"), null, NOW));
            change(
                    nodes,
                    call -> ((LiveCall) call).end(new Outcome.Completed(), CallFacts.NONE, NOW));
            change(nodes, call -> ((EndedCall) call).amend(recording()).orElseThrow());

            assertThat(updates(nodes, "calls", "n_tup_ins")).isEqualTo(1);
            assertThat(updates(nodes, "calls", "n_tup_upd")).isZero();
            assertThat(updates(nodes, "call_ends", "n_tup_ins")).isEqualTo(1);
            assertThat(updates(nodes, "call_ends", "n_tup_upd")).isEqualTo(1);
            assertThat(updates(nodes, "call_ends", "n_tup_hot_upd")).isEqualTo(1);
        }
    }

    private static CallFacts recording() {
        return new CallFacts(null, null, null, null, null, "https://provider.example/1.mp3");
    }

    private static Call advanced(Call call, Progress to) {
        return ((ActiveCall) call).advance(to, CallFacts.NONE, NOW).orElseThrow();
    }

    private static void change(TwoNodes nodes, UnaryOperator<Call> step) {
        change(nodes, "a", TimelineEvent.of(NOW, "moved"), step);
    }

    private static void change(
            TwoNodes nodes, String id, TimelineEvent line, UnaryOperator<Call> step) {
        nodes.node(0)
                .calls()
                .change(
                        key(id),
                        (Optional<Call> call) ->
                                Change.to(step.apply(call.orElseThrow()), line, true));
    }

    /// A session gives its figures away when it likes; the only one of this node is made to.
    private static long updates(TwoNodes nodes, String table, String figure) {
        Sql read =
                Sql.of(
                                "SELECT %s AS n FROM pg_stat_user_tables WHERE relname = :table"
                                        .formatted(figure))
                        .with("table", table);
        nodes.database()
                .query(Sql.of("SELECT pg_stat_force_next_flush() IS NULL AS x"), row -> true);
        return nodes.database().queryOne(read, row -> row.number("n")).orElseThrow();
    }
}
