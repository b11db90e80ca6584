package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.contract.RandomHistory;
import linekeeper.application.contract.Stores;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Limits;
import linekeeper.domain.queue.Rate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/// Several random histories at once on two nodes, with the same ids, accounts and campaigns: what nobody
/// may ever see broken is looked for all the while (A4, A5, B1, D3, D8, E1, H4, I1).
@Timeout(180)
final class HistoriesAtOnceTest {
    private static final int THREADS = 6;
    private static final int STEPS = 150;
    private static final Limits LIMITS =
            new Limits(
                    8,
                    3,
                    Map.of(new ProviderName("other"), 2),
                    Map.of(new ProviderName("spare"), Rate.perSecond("1.5")));

    private final Set<String> broken = new ConcurrentSkipListSet<>();

    @Test
    void breakNoPromise() throws Exception {
        long seed = System.nanoTime();
        Coordinates where = TestDatabase.fresh();
        Migrations.run(where);
        try (ConnectionPool first = ConnectionPool.open(where, 4);
                ConnectionPool second = ConnectionPool.open(where, 4)) {
            Database database = new Database(first.dataSource());
            List<Stores> nodes =
                    List.of(
                            PostgresTestStores.over(database, LIMITS),
                            PostgresTestStores.another(new Database(second.dataSource()), LIMITS));
            RandomHistory.run(nodes, seed, 1);

            int looks = run(nodes, seed, database);

            assertThat(broken).as("seed %d", seed).isEmpty();
            assertThat(Promises.broken(database)).as("seed %d", seed).isEmpty();
            assertThat(looks).isPositive();
            assertThat(ended(database)).as("calls that ended").isGreaterThan(THREADS);
        }
    }

    /// Damage that no release would do on purpose; each shows.
    @Test
    void wouldNoticeEachBrokenPromise() {
        Coordinates where = TestDatabase.fresh();
        Migrations.run(where);
        try (ConnectionPool pool = ConnectionPool.open(where, 2)) {
            Database database = new Database(pool.dataSource());
            RandomHistory.run(List.of(PostgresTestStores.over(database, LIMITS)), 1, STEPS);
            new ArchiveMonths(database).make(List.of(NOW));
            assertThat(Promises.broken(database)).isEmpty();

            for (String damage :
                    List.of(
                            "DELETE FROM call_queue",
                            """
                            INSERT INTO archived_calls (%1$s, provider, attempt, last_event)
                            SELECT %1$s, provider, 1, 1 FROM calls
                            """
                                    .formatted(ArchiveSql.RECORD),
                            "UPDATE call_ends SET created_at = created_at + interval '1 second'",
                            "DELETE FROM call_events WHERE lines IS NOT NULL",
                            "DELETE FROM notices WHERE type = 'call.ended'",
                            """
                            UPDATE call_ends
                            SET execution_id = CASE WHEN execution_id IS NULL THEN call_id END
                            """,
                            """
                            UPDATE active_calls s SET lease = 1000000 + n
                            FROM (SELECT account_id, call_id,
                                         row_number() OVER (PARTITION BY account_id) AS n
                                  FROM active_calls) o
                            WHERE s.account_id = o.account_id AND s.call_id = o.call_id
                            """)) {
                database.update(Sql.of(damage));
            }

            assertThat(Promises.broken(database)).hasSize(Promises.COUNT);
        }
    }

    private int run(List<Stores> nodes, long seed, Database database) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> watch = threads.submit(() -> watch(database, done));
            List<Future<?>> histories = new ArrayList<>();
            for (int thread = 1; thread <= THREADS; thread++) {
                long own = seed + thread;
                histories.add(
                        threads.submit(() -> RandomHistory.runAmongOthers(nodes, own, STEPS)));
            }
            try {
                for (Future<?> one : histories) {
                    one.get();
                }
            } finally {
                done.set(true);
            }
            return watch.get();
        }
    }

    /// How often it looked.
    private int watch(Database database, AtomicBoolean done) {
        PostgresFigures figures = new PostgresFigures(database);
        int looks = 0;
        while (!done.get()) {
            broken.addAll(Promises.broken(database));
            Set<Long> beyond = new TreeSet<>(figures.trouble(NOW, NOW).beyondLimit());
            if (!beyond.isEmpty()) {
                broken.add("slots were given out beyond a limit: " + beyond);
            }
            looks++;
        }
        return looks;
    }

    private static long ended(Database database) {
        return database.queryOne(
                        Sql.of("SELECT count(*) AS n FROM notices WHERE type = 'call.ended'"),
                        row -> row.number("n"))
                .orElseThrow();
    }
}
