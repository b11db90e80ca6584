package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.execution;
import static linekeeper.application.contract.TestCalls.key;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.Change;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Slots.EveryAccount;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.TimelineEvent;
import linekeeper.domain.call.UnboundCall;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/// What a node remembers of a live call never decides over what another node has made of it (D3, H3).
@Timeout(60)
final class LiveCallsTest {
    private static final int CHANGES = 200;

    private final TwoNodes nodes = new TwoNodes(Limits.of(1000, 1000));

    @BeforeEach
    void reserve() {
        nodes.admit(0, aCall("a"), true);
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void decidesOverWhatTheOtherNodeMadeOfIt() {
        bind(1);

        nodes.node(0).calls().change(key("a"), call -> ended(call.orElseThrow()));

        assertThat(found()).isInstanceOf(EndedCall.class);
        assertThat(((EndedCall) found()).execution()).isEqualTo(execution("x"));
        assertThat(sequences()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void seesThatTheOtherNodeEndedIt() {
        nodes.node(1).calls().change(key("a"), call -> ended(call.orElseThrow()));

        String seen =
                nodes.node(0)
                        .calls()
                        .change(
                                key("a"),
                                call -> Change.none(call.orElseThrow().status().wireName()));
        String changed = nodes.node(0).calls().change(key("a"), call -> note(call.orElseThrow()));

        assertThat(seen).isEqualTo("completed");
        assertThat(changed).isEqualTo("completed");
        assertThat(sequences()).containsExactly(1L, 2L, 3L, 4L);
    }

    /// Both slots of the call are at their first version.
    @Test
    void seesThatTheCallHasAnotherSlotByNow() {
        Instant later = NOW.plusSeconds(5);
        nodes.node(1).calls().change(key("a"), call -> again(call.orElseThrow()));
        nodes.node(1).slots().claim(new EveryAccount(), ClaimTerms.of(1, () -> later));

        int seen =
                nodes.node(0)
                        .calls()
                        .change(key("a"), call -> Change.none(call.orElseThrow().attempt()));
        nodes.node(0).calls().change(key("a"), call -> ended(call.orElseThrow(), later));

        assertThat(seen).isEqualTo(2);
        assertThat(found()).isInstanceOf(EndedCall.class);
        assertThat(found().attempt()).isEqualTo(2);
        assertThat(sequences()).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    /// A database that was restored from a backup draws leases again that it had drawn before.
    @Test
    void seesThatItsLeaseIsAnotherCallsByNow() {
        giveItsLeaseToAnother();

        assertThat(
                        nodes.node(0)
                                .calls()
                                .<Boolean>change(key("a"), call -> Change.none(call.isPresent())))
                .isFalse();
    }

    @Test
    void changesNothingOfACallThatHasItsLeaseByNow() {
        giveItsLeaseToAnother();

        Boolean changed =
                nodes.node(0)
                        .calls()
                        .change(
                                key("a"),
                                call -> call.map(LiveCallsTest::bound).orElse(Change.none(false)));

        assertThat(changed).isFalse();
        assertThat(nodes.node(1).calls().find(key("b")).orElseThrow())
                .isInstanceOf(ReservedCall.class);
    }

    @Test
    void losesNoChangeOfEitherNode() throws Exception {
        bind(0);
        List<Future<String>> changes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CHANGES; i++) {
                int node = i;
                changes.add(
                        threads.submit(
                                () ->
                                        nodes.node(node)
                                                .calls()
                                                .change(
                                                        key("a"),
                                                        call -> note(call.orElseThrow()))));
            }
        }

        for (Future<String> one : changes) {
            assertThat(one.get()).isEqualTo("dialing");
        }
        assertThat(sequences())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 3 + CHANGES).boxed().toList());
    }

    private void giveItsLeaseToAnother() {
        nodes.admit(1, aCall("b"), true);
        nodes.database()
                .update(
                        Sql.of(
                                """
                                WITH lost AS (
                                    DELETE FROM active_calls WHERE call_id = 'a' RETURNING lease
                                ), record AS (
                                    DELETE FROM calls WHERE call_id = 'a'
                                )
                                UPDATE active_calls s SET lease = lost.lease FROM lost
                                WHERE s.call_id = 'b'
                                """));
    }

    private void bind(int node) {
        nodes.node(node).calls().change(key("a"), call -> bound(call.orElseThrow()));
        assertThat(found()).isInstanceOf(ActiveCall.class);
    }

    private static Change<Boolean> bound(Call call) {
        return Change.to(
                ((UnboundCall) call).bind(execution("x"), null, NOW),
                TimelineEvent.of(NOW, "bound"),
                true);
    }

    private static Change<Boolean> again(Call call) {
        LiveCall live = (LiveCall) call;
        return Change.again(
                live.end(new Outcome.Busy(), CallFacts.NONE, NOW),
                live.again(NOW),
                TimelineEvent.of(NOW, "attempt_ended"),
                true);
    }

    private static Change<Boolean> ended(Call call) {
        return ended(call, NOW);
    }

    private static Change<Boolean> ended(Call call, Instant at) {
        return Change.to(
                ((LiveCall) call).end(new Outcome.Completed(), CallFacts.NONE, at),
                TimelineEvent.of(at, "ended"),
                true);
    }

    private static Change<String> note(Call call) {
        return Change.note(TimelineEvent.of(NOW, "note"), call.status().wireName());
    }

    private Call found() {
        return nodes.node(1).calls().find(key("a")).orElseThrow();
    }

    private List<Long> sequences() {
        return nodes.database()
                .query(
                        Sql.of("SELECT sequence FROM call_timeline ORDER BY sequence"),
                        row -> row.number("sequence"));
    }
}
