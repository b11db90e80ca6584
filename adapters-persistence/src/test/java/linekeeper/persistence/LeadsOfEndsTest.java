package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.execution;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.CreateLead;
import linekeeper.application.contract.TestCalls;
import linekeeper.application.port.Change;
import linekeeper.application.port.Decision;
import linekeeper.application.port.Intake.Reserved;
import linekeeper.application.port.Job;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallKey;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.TimelineEvent;
import linekeeper.domain.person.Lead;
import linekeeper.persistence.ChangeBatch.Asked;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The commit that ends a dialed call counts it in its lead, and holds if it cannot (E1, H4, I1).
@Timeout(120)
final class LeadsOfEndsTest {
    private static final int CALLS = 240;
    private static final int THREADS = 8;
    private static final int NUMBERS = 4;
    private static final PhoneNumber POISON = new PhoneNumber("+14155550666");

    private TwoNodes nodes;

    @BeforeEach
    void open() {
        nodes = new TwoNodes(Limits.of(1000, 1000), 5);
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void endsAWholeBatchOfWhichOneLeadCannotBeWritten() {
        List<CallKey> batch = List.of(bound("a", 1), poison(), bound("b", 1), bound("c", 2));
        RefusedLeads.are(nodes.database(), Set.of(POISON));

        calls().write(batch.stream().map(LeadsOfEndsTest::end).toList());

        assertThat(batch).allSatisfy(key -> assertThat(found(key)).isInstanceOf(EndedCall.class));
        assertThat(nodes.count("active_calls")).isZero();
        assertThat(nodes.count("notices")).isEqualTo(4);
        assertThat(Promises.broken(nodes.database())).isEmpty();
    }

    @Test
    void triesALeadAgainThatCannotBeWrittenUntilItsJobIsVisiblyDead() {
        List<CallKey> batch = List.of(bound("a", 1), poison(), bound("b", 1));
        RefusedLeads.are(nodes.database(), Set.of(POISON));
        calls().write(batch.stream().map(LeadsOfEndsTest::end).toList());

        doJobs(NOW);
        assertThat(leads()).extracting(Lead::phone).containsExactly(number(1));
        assertThat(leads()).extracting(Lead::calls).containsExactly(2L);
        assertThat(jobs()).extracting(Job::status).containsExactly(Job.Status.PENDING);

        for (int i = 1; i < 10; i++) {
            doJobs(NOW.plus(Duration.ofMinutes(15L * i)));
        }
        assertThat(jobs()).extracting(Job::status).containsExactly(Job.Status.DEAD);
        assertThat(jobs()).extracting(Job::attempts).containsExactly(8);
        assertThat(jobs().getFirst().lastError()).contains(POISON.value());
    }

    @Test
    void countsADeadJobsCallOnceItsLeadCanBeWritten() {
        CallKey key = poison();
        RefusedLeads.are(nodes.database(), Set.of(POISON));
        calls().write(List.of(end(key)));
        Job job = new PostgresJobs(nodes.database()).take(Job.Kind.LEAD, NOW, NOW, 1).getFirst();
        new PostgresJobs(nodes.database()).bury(job, "why");

        RefusedLeads.are(nodes.database(), Set.of());
        new PostgresJobs(nodes.database()).retry(AccountId.DEFAULT, job.number(), NOW);
        doJobs(NOW);

        assertThat(jobs()).isEmpty();
        assertThat(leads()).extracting(Lead::phone).containsExactly(POISON);
    }

    /// A change that was decided over what is no longer so is decided again, and leaves no job.
    @Test
    void leavesNoJobWhereAnotherNodeWasFaster() {
        CallKey key = bound("a", 1);
        nodes.node(1).calls().change(key, current -> Change.note(noted(), true));

        nodes.node(0).calls().change(key, ending());

        assertThat(jobs()).isEmpty();
        assertThat(leads()).extracting(Lead::calls).containsExactly(1L);
    }

    /// So nobody whom it keeps waiting can be in its way.
    @Test
    void waitsForALeadOnlyWhenItHasAllElse() throws Exception {
        nodes.node(0).calls().change(bound("first", 1), ending());
        CallKey key = bound("second", 1);

        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> waiting =
                    nodes.database(1)
                            .inTransaction(
                                    () -> {
                                        nodes.database(1)
                                                .update(Sql.of("UPDATE leads SET calls = 7"));
                                        Future<?> end =
                                                other.submit(
                                                        () ->
                                                                nodes.node(0)
                                                                        .calls()
                                                                        .change(key, ending()));
                                        awaitOneThatWaits();
                                        assertThat(freeSlots()).isZero();
                                        return end;
                                    });
            waiting.get();
        }

        assertThat(leads()).extracting(Lead::calls).containsExactly(8L);
    }

    /// Batches of both nodes meet at the same leads.
    @Test
    void countsEveryCallOnceHoweverManyEndAtOnceOnTwoNodes() throws Exception {
        List<CallKey> keys = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            keys.add(bound("c" + i, i % NUMBERS));
        }
        long seed = System.nanoTime();
        Collections.shuffle(keys, new Random(seed));

        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int i = 0; i < CALLS; i++) {
                int node = i;
                CallKey key = keys.get(i);
                all.add(threads.submit(() -> nodes.node(node).calls().change(key, ending())));
            }
        }
        for (Future<?> one : all) {
            one.get();
        }

        assertThat(jobs()).as("seed %d", seed).isEmpty();
        assertThat(leads())
                .as("seed %d", seed)
                .hasSize(NUMBERS)
                .allSatisfy(
                        lead -> {
                            assertThat(lead.calls()).isEqualTo(CALLS / NUMBERS);
                            assertThat(lead.completed()).isEqualTo(CALLS / NUMBERS);
                        });
        assertThat(Promises.broken(nodes.database())).as("seed %d", seed).isEmpty();
    }

    private void awaitOneThatWaits() {
        while (nodes.count("pg_locks WHERE NOT granted") == 0) {
            Thread.onSpinWait();
        }
    }

    /// Slots that nobody has locked.
    private long freeSlots() {
        return nodes.count("(SELECT FROM active_calls FOR UPDATE SKIP LOCKED) s");
    }

    private PostgresCalls calls() {
        return (PostgresCalls) nodes.node(0).calls();
    }

    private CallKey poison() {
        return bound(aCall("poison").to(POISON.value()));
    }

    private CallKey bound(String id, int number) {
        return bound(aCall(id).to(number(number).value()));
    }

    private CallKey bound(TestCalls call) {
        ReservedCall reserved = ((Reserved) nodes.admit(0, call, true).own()).call();
        CallKey key = reserved.key();
        ActiveCall bound = reserved.bind(execution("x-" + key.call()), null, NOW);
        return nodes.node(0).calls().change(key, current -> Change.to(bound, noted(), key));
    }

    private static Asked end(CallKey key) {
        return new Asked(key, ending());
    }

    private static Decision<Boolean> ending() {
        return current ->
                Change.to(
                        ((LiveCall) current.orElseThrow())
                                .end(new Outcome.Completed(), CallFacts.NONE, NOW),
                        noted(),
                        true);
    }

    private static TimelineEvent noted() {
        return TimelineEvent.of(NOW, "noted");
    }

    private Call found(CallKey key) {
        return nodes.node(1).calls().find(key).orElseThrow();
    }

    private void doJobs(Instant now) {
        new CreateLead(
                        new PostgresJobs(nodes.database()),
                        nodes.node(0).calls(),
                        new PostgresLeads(nodes.database()))
                .runOnce(now);
    }

    private List<Job> jobs() {
        return new PostgresJobs(nodes.database()).list(AccountId.DEFAULT, null, 0, CALLS);
    }

    private List<Lead> leads() {
        return new PostgresLeads(nodes.database()).list(AccountId.DEFAULT, null, CALLS);
    }

    private static PhoneNumber number(int digit) {
        return new PhoneNumber("+1415555010" + digit);
    }
}
