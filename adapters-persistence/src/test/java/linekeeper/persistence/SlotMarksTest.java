package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.PROVIDER;
import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;

import linekeeper.application.port.Change;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Intake.Candidate;
import linekeeper.domain.AccountId;
import linekeeper.domain.account.Account;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.TimelineEvent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Slots are counted from the oldest one on, and the system's only where its limit is near (D8): no slot
/// is missed by that, and what has ended is not met again.
final class SlotMarksTest {
    private static final String ACCOUNT = "busy";
    private static final int ACCOUNT_LIMIT = 20;
    private static final Limits LIMITS = Limits.of(100, ACCOUNT_LIMIT);
    private static final Pattern READ = Pattern.compile("Buffers: shared hit=(\\d+)");
    private static final Sql COUNT = Sql.of("SELECT count(*) AS n FROM active_calls");

    private ConnectionPool pool;
    private Database database;
    private SlotMarks marks;
    private PostgresStores stores;

    @BeforeEach
    void open() {
        Coordinates where = TestDatabase.fresh();
        Migrations.run(where);
        pool = ConnectionPool.open(where, 2);
        database = new Database(pool.dataSource());
        marks = new SlotMarks(database);
        stores = PostgresStores.over(database, LIMITS, InstantSource.fixed(NOW));
        stores.accounts().create(Account.named(new AccountId(ACCOUNT)));
        stores.accounts().create(Account.named(new AccountId("other")));
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void countsEverySlotWhateverItHasLearned() {
        assertThat(free()).isEqualTo(20);
        give(ACCOUNT, 1, 3);
        assertThat(free()).isEqualTo(17);
        end(1, 2);
        assertThat(free()).isEqualTo(19);
        give("other", 4, 6);
        give(ACCOUNT, 7, 8);
        assertThat(free()).isEqualTo(17);
        end(1, 8);
        assertThat(free()).isEqualTo(20);
        give(ACCOUNT, 9, 9);
        assertThat(free()).isEqualTo(19);
    }

    @Test
    void tellsNoMoreFreeSlotsOfTheSystemThanThereAre() {
        for (int call = 1; call < 150; call++) {
            give("other", call, call);
            if (call > 60) {
                end(call - 60, call - 60);
            }
            long free = 100 - database.queryOne(COUNT, row -> row.number("n")).orElseThrow();
            assertThat(look(marks, 30).systemFree()).isLessThanOrEqualTo(free);
            assertThat(look(marks, 100).systemFree()).isEqualTo(free);
        }
    }

    @Test
    void countsAllSlotsOnlyWhereFewAreFree() {
        give("other", 1, 60);
        look(marks, 1);
        end(1, 50);

        assertThat(look(marks, 39).systemFree()).isEqualTo(40);
        assertThat(look(marks, 40).systemFree()).isEqualTo(90);
    }

    /// The draws of a transaction that was not committed may be lost.
    @Test
    void missesNoSlotWhoseLeaseWasDrawnBeforeTheDatabaseCrashed() {
        give(ACCOUNT, 1, 1);
        free();
        end(1, 1);
        database.queryOne(
                Sql.of("SELECT nextval('slot_lease') + nextval('slot_lease') AS n"),
                row -> row.number("n"));
        look(marks, 100);
        assertThat(free()).isEqualTo(20);
        database.queryOne(Sql.of("SELECT setval('slot_lease', 1) AS n"), row -> row.number("n"));

        give(ACCOUNT, 2, 3);

        assertThat(free()).isEqualTo(18);
        assertThat(look(marks, 97).systemFree()).isEqualTo(98);
    }

    /// A standby that was behind, or a backup.
    @Test
    void believesNothingOfADatabaseThatWentBack() throws SQLException {
        give(ACCOUNT, 1, 10);
        look(marks, 100);
        end(1, 10);
        look(marks, 100);
        database.queryOne(Sql.of("SELECT setval('slot_lease', 1) AS n"), row -> row.number("n"));
        pool.dataSource()
                .unwrap(HikariDataSource.class)
                .getHikariPoolMXBean()
                .softEvictConnections();

        give(ACCOUNT, 2, 3);

        assertThat(free()).isEqualTo(18);
        assertThat(look(marks, 97).systemFree()).isEqualTo(98);
    }

    @Test
    void passesOverNothingThatEndedWhileSomebodyKeepsATransactionOpen() throws SQLException {
        try (OpenReader _ = new OpenReader(pool.dataSource())) {
            give(ACCOUNT, 1, 2_000);
            end(1, 2_000);
            give(ACCOUNT, 2_001, 2_001);
            vacuum();
            free();

            assertThat(pagesRead(new SlotMarks(database))).isGreaterThan(100);
            assertThat(pagesRead(marks)).isBetween(1, 20);
        }
    }

    /// One change after the other looks its slot up, whatever the planner expects to find there.
    @Test
    void changesSlotsWithoutPassingOverThoseThatEnded() throws SQLException {
        try (OpenReader _ = new OpenReader(pool.dataSource())) {
            give("other", 1, 3_000);
            end(1, 3_000);
            vacuum();
            List<ReservedCall> live = reserve(10);
            Plans plans = new Plans(pool.dataSource());

            List<String> told =
                    plans.of(
                            "bind",
                            () ->
                                    ChangeBatch.write(
                                            plans.database(),
                                            live.stream().map(SlotMarksTest::binding).toList(),
                                            key -> null,
                                            FollowUp.LEADS));

            assertThat(told).filteredOn(plan -> plan.contains("Update on active_calls")).hasSize(1);
            assertThat(told).extracting(SlotMarksTest::pages).allMatch(read -> read < 600);
        }
    }

    private List<ReservedCall> reserve(int calls) {
        List<ReservedCall> reserved = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            String id = "live-" + i;
            stores.accounts().create(Account.named(new AccountId(id)));
            Candidate candidate =
                    new Candidate(
                            aCall(id).of(id).build(), PROVIDER, NOW, ClaimTerms.of(1, () -> NOW));
            reserved.addAll(stores.engine().intake().admit(candidate).reserved());
        }
        return reserved;
    }

    private static ChangeBatch.Asked binding(ReservedCall call) {
        Call bound = call.bind(execution(call.key().call().value()), null, NOW);
        return new ChangeBatch.Asked(
                call.key(), any -> Change.to(bound, TimelineEvent.of(NOW, "bound"), true));
    }

    private int free() {
        return look(marks, 1).free(new AccountId(ACCOUNT));
    }

    private Room look(SlotMarks marks, int wanted) {
        Room room =
                new Claims(database, LIMITS, marks, new QueueMarks(database))
                        .room(Set.of(ACCOUNT), wanted);
        marks.learn(List.of(room.found()), List.of());
        return room;
    }

    /// Pages, of all tables and indexes.
    private int pagesRead(SlotMarks marks) {
        Plans plans = new Plans(pool.dataSource());
        Claims claims =
                new Claims(plans.database(), LIMITS, marks, new QueueMarks(plans.database()));
        List<String> told = plans.of("look", () -> claims.room(Set.of(ACCOUNT), 1_000));
        return told.stream().mapToInt(SlotMarksTest::pages).sum();
    }

    /// A plan's first line counts for all of it.
    private static int pages(String plan) {
        Matcher read = READ.matcher(plan);
        return read.find() ? Integer.parseInt(read.group(1)) : 0;
    }

    /// As the database does by itself within a second.
    private void vacuum() throws SQLException {
        try (Connection connection = pool.dataSource().getConnection();
                Statement vacuum = connection.createStatement()) {
            connection.setAutoCommit(true);
            vacuum.execute("VACUUM (ANALYZE) active_calls");
        }
    }

    private void give(String account, int from, int until) {
        database.update(
                Sql.of(
                                """
                                INSERT INTO active_calls (account_id, call_id, attempt, provider,
                                                          campaign_id, reserved_at,
                                                          reserved_event, due_at, account_limit, system_limit)
                                SELECT :account, 'call-' || n, 1, 'simulated', '', now(), 1, now(), 1,
                                       1
                                FROM generate_series(CAST(:from AS int), CAST(:until AS int)) n
                                """)
                        .with("account", account)
                        .with("from", from)
                        .with("until", until));
    }

    private void end(int from, int until) {
        database.update(
                Sql.of(
                                """
                                DELETE FROM active_calls
                                WHERE CAST(substr(call_id, 6) AS int)
                                      BETWEEN CAST(:from AS int) AND CAST(:until AS int)
                                """)
                        .with("from", from)
                        .with("until", until));
    }
}
