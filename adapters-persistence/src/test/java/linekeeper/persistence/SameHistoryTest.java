package linekeeper.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.contract.RandomHistory;
import linekeeper.application.contract.Stores;
import linekeeper.application.world.MemoryTestStores;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Limits;
import linekeeper.domain.queue.Rate;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/// PostgreSQL and the in-memory stores answer the same random histories alike: claim order, limits,
/// places, idempotency, release, several providers, pacing, changed settings, numbers in use, numbers in
/// turn, slots handed on and put off, late reports, timelines, lists; results and their webhooks, follow-up
/// work and leads, transcripts, parked reports, the archive, holding times, requests with keys (A4, A5, B4,
/// B6, C3, C4, C9, D1, D2, D3, D5, D8, E1, E4, F4, F6, G3, H3, H4).
final class SameHistoryTest {
    private static final Pattern SYSTEM_USE =
            Pattern.compile("Use\\[scope=SYSTEM, active=(\\d+), limit=(\\d+)\\]");

    private static final Map<ProviderName, Integer> LIMITED = Map.of(new ProviderName("other"), 2);
    private static final Map<ProviderName, Rate> PACED =
            Map.of(new ProviderName("spare"), Rate.perSecond("1.5"));

    /// The system's slots are fewer than the accounts'.
    private static final Limits NARROW = new Limits(6, 3, LIMITED, PACED);

    private static final Limits ROOMY = new Limits(40, 5, LIMITED, PACED);

    /// `-Dlinekeeper.histories=100` looks for more.
    private static final int NEW = Integer.getInteger("linekeeper.histories", 2);

    private static final int STEPS = 200;

    private static ConnectionPool pool;
    private static ConnectionPool otherPool;
    private static Database database;
    private static Database otherDatabase;

    @BeforeAll
    static void open() {
        Coordinates where = TestDatabase.fresh();
        Migrations.run(where);
        pool = ConnectionPool.open(where, 2);
        otherPool = ConnectionPool.open(where, 2);
        database = new Database(pool.dataSource());
        otherDatabase = new Database(otherPool.dataSource());
    }

    @AfterAll
    static void close() {
        pool.close();
        otherPool.close();
    }

    /// Some that are always the same, of them those that once told the stores apart, and some that are new
    /// every time.
    static LongStream seeds() {
        return LongStream.concat(
                LongStream.of(1, 2, 3, 4, 1006, 1017, 1022, 5011, 26249079088831L),
                LongStream.generate(System::nanoTime).limit(NEW));
    }

    private static Limits limits(long seed) {
        return seed % 2 == 0 ? NARROW : ROOMY;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13, 14})
    void answersTheSameOnOneNode(long seed) {
        assertSame(seed, PostgresTestStores.over(database, limits(seed)));
    }

    /// What one node remembers of a call, the other may have changed.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void answersTheSameOnTwoNodes(long seed) {
        Stores first = PostgresTestStores.over(database, limits(seed));
        Stores second = PostgresTestStores.another(otherDatabase, limits(seed));
        assertSame(seed, first, second);
    }

    /// Shows where they parted, and the step that led there.
    private static void assertSame(long seed, Stores... nodes) {
        List<String> expected = answers(seed, new MemoryTestStores(limits(seed)));
        List<String> answers = answers(seed, nodes);
        int same = 0;
        int step = 0;
        while (same < Math.min(expected.size(), answers.size())
                && answers.get(same).equals(expected.get(same))) {
            step = answers.get(same).startsWith("step ") ? same : step;
            same++;
        }
        assertThat(answers.subList(step, Math.min(same + 1, answers.size())))
                .as("seed %d", seed)
                .isEqualTo(expected.subList(step, Math.min(same + 1, expected.size())));
        assertThat(answers).as("seed %d", seed).hasSameSizeAs(expected);
    }

    private static List<String> answers(long seed, Stores... nodes) {
        return RandomHistory.run(List.of(nodes), seed, STEPS).stream()
                .map(answer -> SYSTEM_USE.matcher(answer).replaceAll(SameHistoryTest::ifFull))
                .toList();
    }

    /// How much of the system's limit is used is told exactly only where it is reached.
    private static String ifFull(MatchResult use) {
        boolean full = Integer.parseInt(use.group(1)) >= Integer.parseInt(use.group(2));
        return full ? use.group() : "system not full";
    }
}
