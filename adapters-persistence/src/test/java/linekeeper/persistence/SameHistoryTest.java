package linekeeper.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.contract.RandomHistory;
import linekeeper.application.world.MemoryTestStores;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Limits;
import linekeeper.domain.queue.Rate;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Map;
import java.util.stream.LongStream;

/// PostgreSQL and the in-memory stores answer the same random histories alike: claim order, limits,
/// places, idempotency, release, several providers, pacing (D2, D3, D5, F4, G3).
final class SameHistoryTest {
    private static final Limits LIMITS =
            new Limits(
                    6,
                    3,
                    Map.of(new ProviderName("other"), 2),
                    Map.of(new ProviderName("spare"), Rate.perSecond("1.5")));
    private static final int STEPS = 300;

    /// Found a claim that took an unlimited provider for one that is limited like an account.
    private static final long UNLIMITED_PROVIDER = 7684538397243L;

    private static ConnectionPool pool;
    private static Database database;

    @BeforeAll
    static void open() {
        Coordinates where = TestDatabase.fresh();
        Migrations.run(where);
        pool = ConnectionPool.open(where, 2);
        database = new Database(pool.dataSource());
    }

    @AfterAll
    static void close() {
        pool.close();
    }

    /// Some that are always the same and some that are new every time.
    static LongStream seeds() {
        return LongStream.concat(
                LongStream.concat(LongStream.rangeClosed(1, 9), LongStream.of(UNLIMITED_PROVIDER)),
                LongStream.generate(System::nanoTime).limit(10));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void answersTheSame(long seed) {
        assertThat(RandomHistory.run(PostgresTestStores.over(database, LIMITS), seed, STEPS))
                .as("seed %d", seed)
                .isEqualTo(RandomHistory.run(new MemoryTestStores(LIMITS), seed, STEPS));
    }
}
