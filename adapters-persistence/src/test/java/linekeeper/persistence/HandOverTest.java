package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.ending;
import static linekeeper.application.contract.TestCalls.execution;
import static linekeeper.application.contract.TestCalls.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import linekeeper.application.contract.TestCalls;
import linekeeper.application.contract.TestSuccession;
import linekeeper.application.port.Change;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Decision;
import linekeeper.application.port.Intake.Admission;
import linekeeper.application.port.Intake.Reserved;
import linekeeper.application.port.Intake.Waiting;
import linekeeper.application.port.Slots.Claim;
import linekeeper.application.port.StoreUnavailable;
import linekeeper.application.port.Succession;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.TimelineEvent;
import linekeeper.domain.queue.Occupancy.Scope;
import linekeeper.persistence.ChangeBatch.Asked;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/// What a database makes of hand-overs: one commit each, at a gate for which nobody's end has to wait in
/// vain, and no end that is lost for one (B6, D3, I1).
@Timeout(60)
final class HandOverTest {
    private static final Limits LIMITS = Limits.of(10, 2);
    private static final long HELD = 4711;

    private final TestSuccession succession = TestSuccession.ofAny();
    private TwoNodes nodes;

    @BeforeEach
    void open() {
        nodes = new TwoNodes(LIMITS, 5);
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void takesOneCommit() {
        ReservedCall a = reserved("a");
        reserved("b");
        waiting("c");
        Database.Work before = nodes.database().work();

        nodes.node(0).calls().change(a.key(), ending(), succession);

        assertThat(succession.ids()).containsExactly("c");
        Database.Work work = nodes.database().work().since(before);
        assertThat(work.commits()).isEqualTo(1);
        // The change; who waits, and the gate; who is due; the slots.
        assertThat(work.statements()).isEqualTo(4);
    }

    @Test
    void answersForWhatIsCommittedIfASuccessionFails() {
        ReservedCall a = reserved("a");
        reserved("b");
        waiting("c");
        Database.Work before = nodes.database().work();

        assertThat(nodes.node(0).calls().change(a.key(), ending(), new FailingSuccession()))
                .isTrue();

        assertThat(nodes.database().work().since(before).commits()).isEqualTo(1);
        assertThat(found("a")).isInstanceOf(EndedCall.class);
        assertThat(found("c")).isInstanceOf(ReservedCall.class);
    }

    @Test
    void takesOneStatementMoreThanAnEndWhereNobodyWaits() {
        ReservedCall a = reserved("a");
        Database.Work before = nodes.database().work();

        nodes.node(0).calls().change(a.key(), ending(), succession);

        Database.Work work = nodes.database().work().since(before);
        assertThat(work.commits()).isEqualTo(1);
        assertThat(work.statements()).isEqualTo(2);
    }

    @Test
    void handsOnWhatABatchFreesByOneOfItsSuccessions() {
        nodes.account("other", 1);
        ReservedCall a = reserved("a");
        ReservedCall b = reserved("b");
        ReservedCall theirs =
                ((Reserved) nodes.admit(0, aCall("x").of("other"), true).own()).call();
        waiting("c");
        waiting("d");
        waiting("e");
        nodes.admit(0, aCall("y").of("other"), false);
        TestSuccession second = TestSuccession.ofAny();

        calls().write(
                        List.of(
                                new Asked(a.key(), ending()),
                                new Asked(b.key(), ending(), succession),
                                new Asked(theirs.key(), ending(), second)));

        assertThat(succession.freed()).containsExactly(a, b, theirs);
        assertThat(succession.ids()).containsExactlyInAnyOrder("c", "d", "y");
        assertThat(succession.asked()).isEqualTo(1);
        assertThat(succession.told()).isEqualTo(1);
        assertThat(second.told()).isZero();
        assertThat(nodes.count("active_calls")).isEqualTo(3);
    }

    /// Those that wait for the next batch would wait for the claim, too.
    @Test
    void leavesTheSlotsOfALargeBatchToTheDispatcher() {
        ReservedCall a = reserved("a");
        ReservedCall b = reserved("b");
        waiting("c");
        Decision<Boolean> note = any -> Change.note(TimelineEvent.of(NOW, "noted"), true);
        List<Asked> batch = new ArrayList<>(List.of(new Asked(a.key(), ending(), succession)));
        while (batch.size() <= HandOver.LARGEST_BATCH) {
            batch.add(new Asked(b.key(), note, succession));
        }

        calls().write(batch);

        assertThat(succession.freed()).containsExactly(a);
        assertThat(succession.asked()).isZero();
        assertThat(succession.told()).isEqualTo(1);
        assertThat(found("c")).isInstanceOf(QueuedCall.class);
    }

    /// A remembered call is one that nobody need read again, whoever's commit gave it its slot.
    @Test
    void remembersTheCallThatGotTheSlot() {
        ReservedCall a = reserved("a");
        waiting("c");
        nodes.node(0).calls().change(a.key(), ending(), succession);
        Database.Work before = nodes.database().work();

        nodes.node(0).calls().change(key("c"), ending());

        assertThat(nodes.database().work().since(before).statements()).isEqualTo(1);
    }

    /// What breaks may be the statement, after which the database takes no other in that transaction.
    @Test
    void endsACallWhoseSlotCannotBeHandedOn() {
        ReservedCall a = reserved("a");
        ReservedCall b = reserved("b");
        waiting("c");
        Database.Work before = nodes.database().work();

        List<Supplier<?>> answers =
                broken(() -> nodes.database().query(Sql.of("SELECT 1 / 0"), row -> true))
                        .write(
                                List.of(
                                        new Asked(a.key(), ending(), succession),
                                        new Asked(b.key(), ending(), succession)));

        assertThat(answers).allSatisfy(one -> assertThat(one.get()).isEqualTo(true));
        assertThat(found("a")).isInstanceOf(EndedCall.class);
        assertThat(found("b")).isInstanceOf(EndedCall.class);
        assertThat(found("c")).isInstanceOf(QueuedCall.class);
        assertThat(nodes.database().work().since(before).commits()).isEqualTo(1);
        assertThat(succession.asked()).isEqualTo(1);
        assertThat(succession.told()).isEqualTo(1);
        assertThat(succession.freed()).containsExactly(a, b);
        assertThat(succession.claim()).isNull();
    }

    @Test
    void tellsThatNothingIsKnownIfTheDatabaseIsGone() {
        ReservedCall a = reserved("a");
        waiting("c");
        ChangeWriter writer =
                broken(
                        () -> {
                            throw new StoreUnavailable("gone");
                        });

        assertThatThrownBy(() -> writer.write(List.of(new Asked(a.key(), ending(), succession))))
                .isInstanceOf(StoreUnavailable.class);

        assertThat(succession.told()).isEqualTo(1);
        assertThat(succession.freed()).isEmpty();
        assertThat(succession.claim()).isNull();
        assertThat(found("a")).isEqualTo(a);
    }

    /// What the node remembered was old, so the first try failed, and not because of the slot.
    @Test
    void handsOnTheSlotOfACallThatAnotherNodeHasChangedMeanwhile() {
        ReservedCall a = reserved("a");
        reserved("b");
        waiting("c");
        nodes.node(1)
                .calls()
                .change(a.key(), any -> Change.note(TimelineEvent.of(NOW, "noted"), true));

        nodes.node(0).calls().change(a.key(), ending(), succession);

        assertThat(succession.ids()).containsExactly("c");
        assertThat(succession.asked()).isEqualTo(1);
        assertThat(succession.told()).isEqualTo(1);
    }

    /// Its lead is not to blame, and is written.
    @Test
    void writesTheLeadOfACallWhoseSlotCannotBeHandedOn() {
        ReservedCall a = reserved("a");
        waiting("c");
        ActiveCall bound = a.bind(execution("x"), null, NOW);
        nodes.node(0)
                .calls()
                .change(a.key(), any -> Change.to(bound, TimelineEvent.of(NOW, "bound"), true));

        broken(() -> nodes.database().query(Sql.of("SELECT 1 / 0"), row -> true))
                .write(List.of(new Asked(a.key(), ending(), succession)));

        assertThat(found("a")).isInstanceOf(EndedCall.class);
        assertThat(nodes.count("leads")).isEqualTo(1);
        assertThat(nodes.count("jobs")).isZero();
    }

    /// The admission finds the slot in use and wakes nobody, and the hand-over found nobody waiting. So it is
    /// told that the slot was freed and nobody got it, and the dispatcher is woken.
    @Test
    void tellsOfASlotThatACallMissedWhichCameBetweenTheLookAndTheCommit() throws Exception {
        ReservedCall a = reserved("a");
        reserved("b");
        commitsOfEndsWait();

        endWhile(
                a,
                this::hold,
                () ->
                        assertThat(admitted("late").own())
                                .isInstanceOfSatisfying(Waiting.class, HandOverTest::isFull));

        assertThat(succession.freed()).containsExactly(a);
        assertThat(succession.given()).isEmpty();
        assertThat(found("late")).isInstanceOf(QueuedCall.class);
    }

    /// Whoever holds the gate must not wait for what ends hold.
    @Test
    void waitsAtTheGateOnlyWhenTheChangesAreWritten() throws Exception {
        ReservedCall a = reserved("a");
        reserved("b");
        waiting("c");

        endWhile(
                a,
                () -> new ClaimGate(nodes.database(1)).pass(),
                () -> assertThat(unlockedSlots()).isEqualTo(1));

        assertThat(succession.ids()).containsExactly("c");
    }

    /// Ends the call while another node's transaction holds what the end waits for.
    ///
    /// @param meanwhile done once the end waits
    private void endWhile(ReservedCall call, Runnable holding, Runnable meanwhile)
            throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> end =
                    nodes.database(1)
                            .inTransaction(
                                    () -> {
                                        holding.run();
                                        Future<?> waits = threads.submit(() -> end(call));
                                        awaitOneThatWaits();
                                        CompletableFuture.runAsync(meanwhile, threads).join();
                                        return waits;
                                    });
            end.get();
        }
    }

    private void end(ReservedCall call) {
        nodes.node(0).calls().change(call.key(), ending(), succession);
    }

    private Admission admitted(String id) {
        return nodes.admit(0, aCall(id), true);
    }

    private static void isFull(Waiting waiting) {
        assertThat(waiting.standing().occupancy().isFull(Scope.ACCOUNT)).isTrue();
    }

    private void commitsOfEndsWait() {
        for (String step :
                List.of(
                        """
                        CREATE FUNCTION wait_before_commit() RETURNS trigger LANGUAGE plpgsql AS '
                        BEGIN
                            PERFORM pg_advisory_xact_lock(4711);
                            RETURN NULL;
                        END'
                        """,
                        """
                        CREATE CONSTRAINT TRIGGER wait_before_commit AFTER DELETE ON active_calls
                        DEFERRABLE INITIALLY DEFERRED
                        FOR EACH ROW EXECUTE FUNCTION wait_before_commit()
                        """)) {
            nodes.database().update(Sql.of(step));
        }
    }

    private void hold() {
        nodes.database(1)
                .query(
                        Sql.of("SELECT pg_advisory_xact_lock(:held) IS NULL AS locked")
                                .with("held", HELD),
                        row -> true);
    }

    private void awaitOneThatWaits() {
        while (nodes.count("pg_locks WHERE NOT granted") == 0) {
            Thread.onSpinWait();
        }
    }

    private long unlockedSlots() {
        return nodes.count("(SELECT FROM active_calls FOR UPDATE SKIP LOCKED) s");
    }

    /// Chooses who gets slots as `choice` does.
    private ChangeWriter broken(Runnable choice) {
        SlotMarks marks = new SlotMarks(nodes.database());
        Claims claims =
                new Claims(
                        nodes.database(),
                        LIMITS,
                        marks,
                        new QueueMarks(nodes.database()),
                        (places, due) -> {
                            choice.run();
                            return places.give(due);
                        });
        return new ChangeWriter(nodes.database(), new LiveCalls(), claims);
    }

    private PostgresCalls calls() {
        return (PostgresCalls) nodes.node(0).calls();
    }

    private ReservedCall reserved(String id) {
        return ((Reserved) nodes.admit(0, aCall(id), true).own()).call();
    }

    private void waiting(String id) {
        nodes.admit(0, aCall(id), false);
    }

    private Call found(String id) {
        return nodes.node(1).calls().find(TestCalls.key(id)).orElseThrow();
    }

    private static final class FailingSuccession implements Succession {
        @Override
        public ClaimTerms terms() {
            return ClaimTerms.of(1, () -> NOW);
        }

        @Override
        public void over(List<LiveCall> freed, @Nullable Claim claim) {
            throw new IllegalStateException("told");
        }
    }
}
