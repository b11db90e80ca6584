package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.PROVIDER;
import static linekeeper.application.contract.TestCalls.aCall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;

import linekeeper.application.port.Change;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Intake.Candidate;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.account.Account;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.TimelineEvent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Waiting calls are looked for from where they began at an earlier look (D6): none is missed by that, and
/// what has left the queue is not met again.
final class QueueMarksTest {
    private static final String ACCOUNT = "busy";
    private static final Limits LIMITS = Limits.of(10_000, 5_000);
    private static final Pattern READ = Pattern.compile("Buffers: shared hit=(\\d+)");

    private ConnectionPool pool;
    private Database database;
    private PostgresStores stores;
    private SlotMarks slots;
    private QueueMarks marks;
    private Claims claims;

    @BeforeEach
    void open() {
        Coordinates where = TestDatabase.fresh();
        Migrations.run(where);
        pool = ConnectionPool.open(where, 3);
        database = new Database(pool.dataSource());
        stores = PostgresStores.over(database, LIMITS, InstantSource.fixed(NOW));
        stores.accounts().create(Account.named(new AccountId(ACCOUNT)));
        slots = new SlotMarks(database);
        marks = new QueueMarks(database);
        claims = new Claims(database, LIMITS, slots, marks);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void findsEachCallInItsTurnWhateverItHasLearned() {
        enter(1, 3, NOW.minusSeconds(30));
        assertThat(claim(2)).containsExactly("call-1", "call-2");
        enter(4, 5, NOW.minusSeconds(20));
        assertThat(claim(2)).containsExactly("call-3", "call-4");
        enter(6, 6, NOW.plusSeconds(20));
        assertThat(claim(2)).containsExactly("call-5");
        assertThat(claim(2)).isEmpty();
    }

    @Test
    void findsACallThatEntersLaterAndIsDueEarlier() {
        enter(1, 3, NOW.minusSeconds(30));
        claim(1);

        enter(4, 4, NOW.minusSeconds(300));

        assertThat(claim(2)).containsExactly("call-4", "call-2");
    }

    @Test
    void findsACallInALaneThatNobodyHadSeen() {
        enter(1, 2, NOW.minusSeconds(30));
        claim(1);

        enter(3, 3, NOW.minusSeconds(300), "autumn");

        assertThat(claim(2)).containsExactly("call-2", "call-3");
    }

    @Test
    void findsACallWhoseTransactionWasUnderWayWhenItLooked() throws SQLException {
        enter(1, 3, NOW.minusSeconds(30));
        try (Connection slow = pool.dataSource().getConnection();
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute("SELECT pg_current_xact_id()");
            statement.execute(entering(4, 4, NOW.minusSeconds(300), ""));
            enter(5, 5, NOW.minusSeconds(20));
            claim(1);
            enter(6, 6, NOW.minusSeconds(10));
            claim(1);
            slow.commit();
        }

        assertThat(waits()).isTrue();
        assertThat(claim(1)).containsExactly("call-4");
    }

    @Test
    void findsACallThatIsMadeDueEarlier() {
        stores.engine()
                .intake()
                .admit(
                        new Candidate(
                                aCall("moved").of(ACCOUNT).notBefore(NOW.plusSeconds(60)).build(),
                                PROVIDER,
                                NOW,
                                null));
        assertThat(claim(1)).isEmpty();

        CallKey key = new CallKey(new AccountId(ACCOUNT), new CallId("moved"));
        stores.engine()
                .calls()
                .change(
                        key,
                        call ->
                                Change.to(
                                        dueNow((QueuedCall) call.orElseThrow()),
                                        TimelineEvent.of(NOW, "moved"),
                                        true));

        assertThat(claim(1)).containsExactly("moved");
    }

    @Test
    void believesNothingOfAClaimThatWasTakenBack() {
        enter(1, 3, NOW.minusSeconds(30));
        claim(1);
        assertThatThrownBy(
                        () ->
                                database.inTransaction(
                                        () -> {
                                            give(2);
                                            throw new IllegalStateException("taken back");
                                        }))
                .hasMessage("taken back");

        assertThat(claim(2)).containsExactly("call-2", "call-3");
    }

    /// A standby that was behind, or a backup.
    @Test
    void believesNothingOfADatabaseThatWentBack() throws SQLException {
        enter(1, 1, NOW.minusSeconds(30));
        claim(1);
        pool.dataSource()
                .unwrap(HikariDataSource.class)
                .getHikariPoolMXBean()
                .softEvictConnections();
        enter(2, 2, NOW.minusSeconds(60));
        database.update(Sql.of("UPDATE call_queue SET entered = 1"));

        assertThat(claim(1)).containsExactly("call-2");
    }

    @Test
    void passesOverNothingThatLeftWhileSomebodyKeepsATransactionOpen() throws SQLException {
        try (OpenReader _ = new OpenReader(pool.dataSource())) {
            enter(1, 2_000, NOW.minusSeconds(60));
            claim(1_999);
            enter(2_001, 2_001, NOW.minusSeconds(30));
            database.update(Sql.of("DELETE FROM active_calls"));
            claim(1);
            database.update(Sql.of("ANALYZE call_queue"));

            assertThat(pagesRead(new QueueMarks(database))).isGreaterThan(150);
            assertThat(pagesRead(marks)).isBetween(1, 40);
            assertThat(pagesReadToTake(marks)).isBetween(1, 80);
        }
    }

    /// Somebody who writes and does not commit keeps a look from knowing what the next one may leave out.
    @Test
    void readsNoMoreOfALongQueueThanItMustWhileSomebodyWrites() throws SQLException {
        try (Connection writer = pool.dataSource().getConnection();
                Statement open = writer.createStatement()) {
            writer.setAutoCommit(false);
            open.execute("SELECT pg_current_xact_id()");
            enter(1, 1, NOW.minusSeconds(60));
            claim(1);
            enter(2, 6_000, NOW.minusSeconds(30));
            database.update(Sql.of("ANALYZE call_queue"));

            assertThat(claim(2)).containsExactly("call-2", "call-3");
            assertThat(pagesRead(marks)).isBetween(30, 150);
            writer.rollback();
        }
    }

    /// Rows of another database bear numbers that this one has yet to come to.
    @Test
    void readsWhatWasRestoredFromAnotherDatabaseOnlyOnce() throws SQLException {
        enter(1, 2_000, NOW.minusSeconds(60));
        enter(2_001, 2_002, NOW.minusSeconds(90));
        database.update(Sql.of("UPDATE call_queue SET entered = 1000000000000"));
        database.update(Sql.of("ANALYZE call_queue"));

        assertThat(claim(1)).containsExactly("call-2001");
        assertThat(pagesRead(marks)).isBetween(1, 40);
        assertThat(claim(2)).containsExactly("call-2002", "call-1");
    }

    private static QueuedCall dueNow(QueuedCall call) {
        return new QueuedCall(call.accepted(), call.attempt(), NOW, call.deferrals());
    }

    private boolean waits() {
        return !database.inTransaction(() -> claims.waitingAmong(List.of(ACCOUNT))).isEmpty();
    }

    private List<String> claim(int most) {
        Claims.Given given = database.inTransaction(() -> give(most));
        claims.learn(given);
        return given.calls().stream().map(call -> call.key().call().value()).toList();
    }

    private Claims.Given give(int most) {
        claims.gate().pass();
        return claims.give(List.of(ACCOUNT), ClaimTerms.of(most, () -> NOW));
    }

    /// Pages, of all tables and indexes, for whatever looks at the queue when a slot is free.
    private int pagesRead(QueueMarks known) {
        Plans plans = new Plans(pool.dataSource());
        Claims looking = new Claims(plans.database(), LIMITS, slots, known);
        List<String> told =
                plans.of(
                        "look",
                        () -> {
                            looking.waitingAmong(List.of(ACCOUNT));
                            looking.room(Set.of(ACCOUNT), 1);
                            looking.give(List.of(ACCOUNT), ClaimTerms.of(0, () -> NOW));
                        });
        assertThat(told).hasSize(3);
        return told.stream().mapToInt(QueueMarksTest::pages).sum();
    }

    private int pagesReadToTake(QueueMarks known) {
        Plans plans = new Plans(pool.dataSource());
        Claims taking = new Claims(plans.database(), LIMITS, slots, known);
        List<String> told =
                plans.of("take", () -> taking.give(List.of(ACCOUNT), ClaimTerms.of(1, () -> NOW)));
        assertThat(told).hasSize(2);
        return told.stream().mapToInt(QueueMarksTest::pages).sum();
    }

    /// A plan's first line counts for all of it.
    private static int pages(String plan) {
        Matcher read = READ.matcher(plan);
        return read.find() ? Integer.parseInt(read.group(1)) : 0;
    }

    private void enter(int from, int until, Instant due) {
        enter(from, until, due, "");
    }

    private void enter(int from, int until, Instant due, String campaign) {
        database.update(Sql.of(entering(from, until, due, campaign)));
    }

    private static String entering(int from, int until, Instant due, String campaign) {
        return """
        WITH call AS (
            INSERT INTO calls (account_id, call_id, provider, phone_number, priority, max_attempts,
                               user_data, created_at)
            SELECT '%1$s', 'call-' || n, '%2$s', '+14155550100', 0, 1, '{}', CAST('%3$s' AS timestamptz)
            FROM generate_series(%4$d, %5$d) n
        )
        INSERT INTO call_queue (account_id, call_id, provider, campaign_id, priority, due_at, created_at)
        SELECT '%1$s', 'call-' || n, '%2$s', '%6$s', 0, CAST('%3$s' AS timestamptz),
               CAST('%3$s' AS timestamptz)
        FROM generate_series(%4$d, %5$d) n ORDER BY n
        """
                .formatted(ACCOUNT, PROVIDER.value(), due, from, until, campaign);
    }
}
