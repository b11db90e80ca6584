package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.PROVIDER;
import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.key;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.ArchiveCalls;
import linekeeper.application.ImportCalls;
import linekeeper.application.contract.TestCalls;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Intake.Admission;
import linekeeper.application.port.Intake.Candidate;
import linekeeper.application.port.Intake.Known;
import linekeeper.application.port.Intake.Reserved;
import linekeeper.application.port.PastCalls.Added;
import linekeeper.application.port.PastCalls.PastCall;
import linekeeper.domain.AccountId;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.EndedCall;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/// The archive on a real database, beside everybody else (A4, C9, H1).
final class ArchiveTest {
    private static final Duration AGE = Duration.ofDays(7);
    private static final Instant MUCH_LATER = NOW.plus(Duration.ofDays(8));

    private final TwoNodes nodes = new TwoNodes(Limits.of(10_000, 10_000), 6);
    private final PostgresCallArchive archive =
            new PostgresCallArchive(nodes.database(), new ArchiveMonths(nodes.database()));

    @AfterEach
    void close() {
        nodes.close();
    }

    /// The admission waits for the archive, whose commit its first look cannot have seen.
    @Test
    void findsACallThatWasMovedWhileItsRepetitionCame() throws Exception {
        ended("a");
        nodes.database().update(Sql.of("UPDATE notices SET status = 'dead'"));
        new ArchiveMonths(nodes.database()).make(List.of(NOW));
        try (ExecutorService threads = Executors.newFixedThreadPool(1)) {
            Future<Admission> repetition =
                    nodes.database()
                            .inTransaction(
                                    () -> {
                                        ArchiveSql.move(
                                                nodes.database(), List.of(key("a")), MUCH_LATER);
                                        Future<Admission> asked =
                                                threads.submit(
                                                        () -> nodes.admit(1, aCall("a"), true));
                                        awaitSomebodyWaiting();
                                        return asked;
                                    });

            assertThat(repetition.get().own()).isInstanceOf(Known.class);
        }
        assertThat(nodes.count("calls")).isZero();
        assertThat(nodes.count("active_calls")).isZero();
    }

    private void awaitSomebodyWaiting() {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (nodes.count("pg_locks WHERE NOT granted") == 0) {
            assertThat(System.nanoTime()).as("nobody waits").isLessThan(end);
        }
    }

    /// Whoever repeats an id while its call is moved must find it, in the one table or in the other.
    @Test
    void neverHasACallDialedAgainWhileItIsMoved() throws Exception {
        int calls = 60;
        for (int i = 0; i < calls; i++) {
            Admission admission = nodes.admit(0, aCall("c" + i), true);
            nodes.end(0, ((Reserved) admission.own()).call());
        }
        nodes.database().update(Sql.of("UPDATE notices SET status = 'dead'"));
        AtomicBoolean moving = new AtomicBoolean(true);
        List<Future<Integer>> repeated = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int t = 0; t < 7; t++) {
                int thread = t;
                repeated.add(threads.submit(() -> repeat(thread, calls, moving)));
            }
            int moved = 0;
            for (var step = archive.step(null, MUCH_LATER, 2); step.next() != null; ) {
                moved += step.archived();
                step = archive.step(step.next(), MUCH_LATER, 2);
            }
            moving.set(false);
            assertThat(moved).isEqualTo(calls);
        }
        int asked = 0;
        for (Future<Integer> one : repeated) {
            asked += one.get();
        }

        assertThat(asked).isPositive();
        assertThat(nodes.count("calls")).isZero();
        assertThat(nodes.count("call_ends")).isZero();
        assertThat(nodes.count("archived_calls")).isEqualTo(calls);
        assertThat(nodes.count("active_calls")).isZero();
        assertThat(nodes.count("call_timeline WHERE event = 'accepted'")).isEqualTo(calls);
    }

    private int repeat(int thread, int calls, AtomicBoolean moving) {
        Random random = new Random(thread);
        int asked = 0;
        while (moving.get()) {
            for (int i = 0; i < calls && moving.get(); i++) {
                TestCalls call = aCall("c" + random.nextInt(calls));
                assertThat(nodes.admit(thread, call, true).own()).isInstanceOf(Known.class);
                assertThat(nodes.node(thread).calls().find(call.build().key())).isPresent();
                asked++;
            }
        }
        return asked;
    }

    @Test
    void keepsImportsFromTakingAnArchivedIdAndTakesThemBack() {
        PostgresPastCalls pastCalls = new PostgresPastCalls(nodes.database());
        ImportCalls importCalls = new ImportCalls(pastCalls, () -> NOW);
        EndedCall call = (EndedCall) ended("a");
        PastCall past = new PastCall(call, "a".repeat(32), true);
        PastCall other = new PastCall(call, "b".repeat(32), true);
        assertThat(importCalls.add("i", List.of(past))).containsExactly(Added.KNOWN);
        nodes.database()
                .update(
                        Sql.of(
                                """
                                INSERT INTO imported_calls
                                VALUES ('default', 'a', 'i', repeat('a', 32))
                                """));
        archiveAll();

        assertThat(importCalls.add("j", List.of(past, other)))
                .containsExactly(Added.KNOWN, Added.ID_TAKEN);
        assertThat(importCalls.undo(AccountId.DEFAULT, "i", gone -> {})).isEqualTo(1);
        assertThat(nodes.count("archived_calls")).isZero();
        assertThat(nodes.count("archived_ids")).isZero();
        assertThat(nodes.count("call_events")).isZero();
    }

    @Test
    void makesTheMonthsItNeeds() {
        for (String day : List.of("1999-12-31", "2000-01-01", "2024-02-29", "2026-03-29")) {
            ended(day);
            nodes.database()
                    .update(
                            Sql.of("UPDATE calls SET created_at = :at WHERE call_id = :id")
                                    .with("at", Instant.parse(day + "T23:59:59Z"))
                                    .with("id", day));
        }
        archiveAll();

        assertThat(nodes.count("archived_calls_before_2000")).isEqualTo(1);
        assertThat(nodes.count("archived_calls_2000_01")).isEqualTo(1);
        assertThat(nodes.count("archived_calls_2024_02")).isEqualTo(1);
        assertThat(nodes.count("archived_calls_2026_03")).isEqualTo(1);
        assertThat(nodes.node(1).calls().find(key("1999-12-31"))).isPresent();
    }

    @Test
    void keepsEarlierAttemptsInTheRecord() {
        ended("a");
        nodes.database()
                .update(
                        Sql.of(
                                """
                                INSERT INTO call_attempts (account_id, call_id, attempt, provider,
                                                           outcome, started_at, ended_at)
                                VALUES ('default', 'a', 1, 'simulated', 'busy', now(), now())
                                """));
        archiveAll();

        assertThat(nodes.count("call_attempts")).isZero();
        assertThat(nodes.count("archived_calls WHERE attempts -> 0 ->> 'outcome' = 'busy'"))
                .isEqualTo(1);
    }

    /// A column that a later release adds to the calls must be moved too.
    @Test
    void movesEveryColumnOfACall() {
        Set<String> record = listed(ArchiveSql.RECORD);
        Set<String> end = listed(ArchiveSql.END);

        assertThat(columns("calls")).isEqualTo(with(record, "provider"));
        assertThat(columns("call_ends"))
                .isEqualTo(with(end, "account_id", "call_id", "created_at"));
        assertThat(columns("archived_calls")).containsAll(record).containsAll(end);
    }

    private static Set<String> listed(String columns) {
        return new TreeSet<>(Arrays.asList(columns.strip().split("\\s*,\\s*")));
    }

    private static Set<String> with(Set<String> columns, String... more) {
        Set<String> all = new TreeSet<>(columns);
        all.addAll(List.of(more));
        return all;
    }

    private Set<String> columns(String table) {
        return new TreeSet<>(
                nodes.database()
                        .query(
                                Sql.of(
                                                """
                                                SELECT column_name FROM information_schema.columns
                                                WHERE table_name = :table
                                                """)
                                        .with("table", table),
                                row -> row.text("column_name")));
    }

    private Object ended(String id) {
        Admission admission =
                nodes.node(0)
                        .intake()
                        .admit(
                                new Candidate(
                                        aCall(id).build(),
                                        PROVIDER,
                                        NOW,
                                        ClaimTerms.of(1, () -> NOW)));
        nodes.end(0, ((Reserved) admission.own()).call());
        return nodes.node(0).calls().find(key(id)).orElseThrow();
    }

    private void archiveAll() {
        nodes.database().update(Sql.of("UPDATE notices SET status = 'dead'"));
        ArchiveCalls all = new ArchiveCalls(archive, AGE);
        while (all.runOnce(MUCH_LATER).more()) {
            // Until the walk is over.
        }
    }
}
