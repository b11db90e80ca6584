package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.execution;
import static linekeeper.application.contract.TestCalls.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import linekeeper.application.port.Change;
import linekeeper.application.port.Transcripts.Conversation;
import linekeeper.application.port.Transcripts.NoSuchCall;
import linekeeper.application.port.Transcripts.Stored;
import linekeeper.domain.ConversationId;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Spoken;
import linekeeper.domain.call.TimelineEvent;
import linekeeper.domain.call.UnboundCall;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;

/// A call's end is written once, beside its record, and both leave together (A4, C9, E1).
final class EndsTest {
    private static final Instant MUCH_LATER = NOW.plus(Duration.ofDays(8));

    private final TwoNodes nodes = new TwoNodes(Limits.of(10, 10));

    @BeforeEach
    void end() {
        nodes.admit(0, aCall("a"), true);
        change(0, "a", EndsTest::bound);
        nodes.database().update(Sql.of("CREATE TABLE slot_before AS SELECT * FROM active_calls"));
        change(0, "a", call -> ended(call, new Outcome.Busy()));
        new ArchiveMonths(nodes.database()).make(List.of(NOW));
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    /// Should a slot ever be there again, its call does not end again.
    @Test
    void refusesASecondEnd() {
        nodes.database().update(Sql.of("INSERT INTO active_calls SELECT * FROM slot_before"));

        assertThatThrownBy(() -> change(1, "a", call -> ended(call, new Outcome.NoAnswer())))
                .hasStackTraceContaining("call_ends_pkey");
        assertThat(nodes.count("call_ends WHERE outcome = 'busy'")).isEqualTo(1);
        assertThat(nodes.count("notices WHERE type = 'call.ended'")).isEqualTo(1);
    }

    /// An execution is one call's for ever, also when that is over.
    @Test
    void refusesTheExecutionOfACallThatIsOver() {
        nodes.admit(0, aCall("b"), true);

        assertThatThrownBy(() -> change(0, "b", EndsTest::bound))
                .hasStackTraceContaining("executions_pkey");
        assertThat(found("b")).isInstanceOf(UnboundCall.class);
    }

    @Test
    void addsToAnEndWhatComesLate() {
        EndedCall before = (EndedCall) found("a");

        change(1, "a", EndsTest::amended);

        assertThat(found("a")).isEqualTo(before.amend(late()).orElseThrow());
        assertThat(nodes.count("call_ends WHERE last_event = 5")).isEqualTo(1);
    }

    /// What comes late waits for the end's row, which then is where the archive has put it.
    @Test
    void findsACallThatIsArchivedWhileSomethingComesLate() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(1)) {
            Future<?> report =
                    nodes.database()
                            .inTransaction(
                                    () -> {
                                        assertThat(move()).isEqualTo(1);
                                        Future<?> coming =
                                                threads.submit(
                                                        () -> change(1, "a", EndsTest::amended));
                                        awaitSomebodyWaiting();
                                        return coming;
                                    });
            report.get();
        }

        assertThat(nodes.count("calls")).isZero();
        assertThat(nodes.count("call_ends")).isZero();
        assertThat(nodes.count("archived_calls WHERE recording_url IS NOT NULL")).isEqualTo(1);
    }

    /// What is said in a conversation that begins after the archive's look would be lost.
    @Test
    void leavesACallToWhichSomebodyGivesAConversation() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(1)) {
            int moved =
                    nodes.database()
                            .inTransaction(
                                    () -> {
                                        nodes.database()
                                                .update(
                                                        Sql.of(
                                                                """
                                                                INSERT INTO conversations
                                                                    (account_id, conversation_id, call_id)
                                                                VALUES ('default', 'talk', 'a')
                                                                """));
                                        return await(threads.submit(this::moveAlone));
                                    });
            assertThat(moved).isZero();
        }

        assertThat(moveAlone()).isEqualTo(1);
    }

    /// The other way round: it begins when the archive already has the call.
    @Test
    void addsNothingToTheTranscriptOfACallThatIsJustArchived() throws Exception {
        Conversation at = new Conversation(key("a"), 1, new ConversationId("talk"));
        try (ExecutorService threads = Executors.newFixedThreadPool(1)) {
            Future<Stored> line =
                    nodes.database()
                            .inTransaction(
                                    () -> {
                                        assertThat(move()).isEqualTo(1);
                                        Future<Stored> coming =
                                                threads.submit(
                                                        () ->
                                                                nodes.node(1)
                                                                        .transcripts()
                                                                        .append(
                                                                                at,
                                                                                new Spoken(
                                                                                        "user",
                                                                                        "Hello",
                                                                                        NOW)));
                                        awaitSomebodyWaiting();
                                        return coming;
                                    });

            assertThat(line.get()).isInstanceOf(NoSuchCall.class);
        }
    }

    private int moveAlone() {
        return nodes.database().inTransaction(this::move);
    }

    private int move() {
        return ArchiveSql.move(nodes.database(), List.of(key("a")), MUCH_LATER);
    }

    private static int await(Future<Integer> answer) {
        try {
            return answer.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitSomebodyWaiting() {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (nodes.count("pg_locks WHERE NOT granted") == 0) {
            assertThat(System.nanoTime()).as("nobody waits").isLessThan(end);
        }
    }

    private Call found(String id) {
        return nodes.node(1).calls().find(key(id)).orElseThrow();
    }

    private void change(int node, String id, UnaryOperator<Call> step) {
        nodes.node(node)
                .calls()
                .change(
                        key(id),
                        call ->
                                Change.to(
                                        step.apply(call.orElseThrow()),
                                        TimelineEvent.of(NOW, "moved"),
                                        true));
    }

    private static Call bound(Call call) {
        return ((UnboundCall) call).bind(execution("x"), null, NOW);
    }

    private static Call ended(Call call, Outcome outcome) {
        return ((LiveCall) call).end(outcome, CallFacts.NONE, NOW);
    }

    private static Call amended(Call call) {
        return ((EndedCall) call).amend(late()).orElseThrow();
    }

    private static CallFacts late() {
        return new CallFacts(null, null, null, null, null, "https://provider.example/1.mp3");
    }
}
