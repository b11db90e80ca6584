package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.execution;
import static linekeeper.application.contract.TestCalls.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import linekeeper.application.port.Change;
import linekeeper.application.port.Decision;
import linekeeper.domain.ConversationId;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.TimelineEvent;
import linekeeper.domain.call.UnboundCall;
import linekeeper.persistence.ChangeBatch.Asked;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/// Changes that share a commit share nothing else (design 5).
final class ChangeBatchTest {
    private TwoNodes nodes;

    @BeforeEach
    void open() {
        nodes = new TwoNodes(Limits.of(1000, 1000));
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void runsDecisionsOnOneCallOneAfterTheOther() {
        reserved("a");

        List<Supplier<?>> answers =
                write(
                        ask("a", call -> bound(call, execution("x"))),
                        ask("a", call -> ended(call, new Outcome.Busy())),
                        ask("a", ChangeBatchTest::addsCost));

        assertThat(answers).extracting(Supplier::get).hasToString("[bound, ended, added]");
        EndedCall stored = (EndedCall) found("a");
        assertThat(stored.execution()).isEqualTo(execution("x"));
        assertThat(stored.facts().cost()).isEqualTo(new BigDecimal("1.50"));
        assertThat(nodes.count("active_calls")).isZero();
        assertThat(sequences("call_timeline")).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    /// A notice points at the entry that tells of the end, whatever else the batch adds (H4).
    @Test
    void numbersTheNoticeAfterTheEnd() {
        reserved("a");

        write(
                ask("a", call -> bound(call, execution("x"))),
                ask("a", call -> ended(call, new Outcome.Busy())),
                ask("a", ChangeBatchTest::addsCost));

        assertThat(sequences("notices")).containsExactly(4L);
    }

    @Test
    void letsADecisionThatThrowsFailAlone() {
        reserved("a");
        reserved("b");

        List<Supplier<?>> answers =
                write(
                        ask(
                                "a",
                                call -> {
                                    throw new IllegalArgumentException("bad");
                                }),
                        ask("b", call -> bound(call, execution("x"))));

        assertThatThrownBy(answers.getFirst()::get).hasMessage("bad");
        assertThat(answers.getLast().get()).isEqualTo("bound");
        assertThat(found("a")).isInstanceOf(ReservedCall.class);
    }

    @Test
    void letsOneThatTheDatabaseRefusesFailAlone() throws Exception {
        reserved("owner");
        nodes.node(0).calls().change(key("owner"), call -> bound(call, execution("taken")));
        for (int i = 0; i < 20; i++) {
            reserved("c" + i);
        }

        List<Future<String>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                int call = i;
                ExecutionId execution = execution(i == 7 ? "taken" : "x" + i);
                all.add(
                        threads.submit(
                                () ->
                                        nodes.node(0)
                                                .calls()
                                                .change(
                                                        key("c" + call),
                                                        now -> bound(now, execution))));
            }
        }

        for (int i = 0; i < 20; i++) {
            if (i != 7) {
                assertThat(all.get(i).get()).isEqualTo("bound");
            }
        }
        assertThatThrownBy(all.get(7)::get).hasStackTraceContaining("executions_pkey");
        assertThat(found("c7")).isInstanceOf(ReservedCall.class);
    }

    @Test
    void refusesWhatOnlyAClaimMayDoAndWhatFollowsAnEnd() {
        ReservedCall live = reserved("live");
        nodes.admit(0, aCall("waits"), false);
        QueuedCall waits = (QueuedCall) found("waits");
        Call stolen = waits.reserve(live.slot().lease(), NOW).bind(execution("y"), null, NOW);
        nodes.node(0).calls().change(key("live"), call -> ended(call, new Outcome.Busy()));

        List<Supplier<?>> answers =
                write(ask("waits", call -> to(stolen)), ask("live", call -> to(live)));

        assertThatThrownBy(answers.getFirst()::get).hasMessageContaining("indicates a bug");
        assertThatThrownBy(answers.getLast()::get).hasMessageContaining("indicates a bug");
        assertThat(nodes.count("active_calls")).isZero();
    }

    /// What is stored as an execution id belongs to the call's own provider.
    @Test
    void refusesAnExecutionOfAnotherProvider() {
        reserved("a");
        ExecutionId foreign = new ExecutionId(new ProviderName("other"), "x");

        List<Supplier<?>> answers = write(ask("a", call -> bound(call, foreign)));

        assertThatThrownBy(answers.getFirst()::get).hasMessageContaining("indicates a bug");
        assertThat(found("a")).isInstanceOf(ReservedCall.class);
    }

    /// A provider's text must never keep a call from ending (E3, H4).
    @Test
    void endsACallWhoseProviderSaysWhatPostgresCannotKeep() {
        reserved("a");
        String text = "nul \u0000 half \uD83D " + "\uD83D\uDE00";
        Outcome outcome = new Outcome.Failed(new Failure("PROVIDER_FAILED", text));
        CallFacts facts = new CallFacts(null, null, text, null, null, text);

        nodes.node(0)
                .calls()
                .change(
                        key("a"),
                        call -> {
                            EndedCall end =
                                    ((LiveCall) call.orElseThrow()).end(outcome, facts, NOW);
                            return Change.to(
                                    end, TimelineEvent.of(NOW, "ended", Map.of("why", text)), true);
                        });

        EndedCall stored = (EndedCall) found("a");
        String kept = "nul \uFFFD half \uFFFD \uD83D\uDE00";
        assertThat(stored.outcome())
                .isEqualTo(new Outcome.Failed(new Failure("PROVIDER_FAILED", kept)));
        assertThat(stored.facts().recordingUrl()).isEqualTo(kept);
        assertThat(nodes.node(0).calls().timeline(key("a"), 2, 10).getFirst().event().detail())
                .containsEntry("why", kept);
    }

    /// The transcript's foreign key needs it (C3).
    @Test
    void keepsWhichCallAConversationBelongsTo() {
        reserved("a");

        nodes.node(0)
                .calls()
                .change(
                        key("a"),
                        call ->
                                to(
                                        ((UnboundCall) call.orElseThrow())
                                                .bind(
                                                        execution("x"),
                                                        new ConversationId("conv-1"),
                                                        NOW)));

        assertThat(nodes.count("conversations WHERE conversation_id = 'conv-1' AND call_id = 'a'"))
                .isEqualTo(1);
    }

    private ReservedCall reserved(String id) {
        nodes.admit(0, aCall(id), true);
        return (ReservedCall) found(id);
    }

    private Call found(String id) {
        return nodes.node(1).calls().find(key(id)).orElseThrow();
    }

    private List<Supplier<?>> write(Asked... asked) {
        return nodes.database()
                .inTransaction(
                        () ->
                                ChangeBatch.write(
                                        nodes.database(),
                                        List.of(asked),
                                        key -> null,
                                        FollowUp.LEADS))
                .answers();
    }

    private List<Long> sequences(String table) {
        return nodes.database()
                .query(
                        Sql.of("SELECT sequence FROM " + table + " ORDER BY sequence"),
                        row -> row.number("sequence"));
    }

    private static Change<String> bound(Optional<Call> current, ExecutionId execution) {
        return Change.to(
                ((UnboundCall) current.orElseThrow()).bind(execution, null, NOW),
                TimelineEvent.of(NOW, "bound"),
                "bound");
    }

    private static Change<String> ended(Optional<Call> current, Outcome outcome) {
        return Change.to(
                ((LiveCall) current.orElseThrow()).end(outcome, CallFacts.NONE, NOW),
                TimelineEvent.of(NOW, "ended"),
                "ended");
    }

    private static Change<String> addsCost(Optional<Call> current) {
        CallFacts cost = new CallFacts(null, null, null, null, new BigDecimal("1.50"), null);
        return Change.to(
                ((EndedCall) current.orElseThrow()).amend(cost).orElseThrow(),
                TimelineEvent.of(NOW, "facts_added"),
                "added");
    }

    private static Asked ask(String id, Decision<String> decision) {
        return new Asked(key(id), decision);
    }

    private static Change<String> to(Call next) {
        return Change.to(next, TimelineEvent.of(NOW, "moved"), "moved");
    }
}
