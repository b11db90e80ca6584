package linekeeper.application.simulation.faults;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.simulation.faults.FaultRun.Ran;
import linekeeper.application.simulation.faults.FaultRun.Wanted;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.EnumSet;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;

/// Never over a limit, never twice, nothing lost, whatever fails between any two steps (G3, D3, H1-H4),
/// and that a run would tell if it were otherwise.
final class FaultRunTest {
    private static final int ALWAYS_THE_SAME = 60;
    private static final int NEW_EVERY_TIME = 40;

    /// A part that is broken must be found within so many seeds.
    private static final int MOST_SEEDS = 120;

    /// The runs are full of failures that are meant.
    private static final Logger LOG = Logger.getLogger("linekeeper.application");

    private static ExecutorService threads;

    @BeforeAll
    static void open() {
        LOG.setLevel(Level.OFF);
        threads = Executors.newVirtualThreadPerTaskExecutor();
    }

    @AfterAll
    static void close() {
        threads.close();
        LOG.setLevel(null);
    }

    @Test
    void holdsEveryInvariantUnderTheSameSeeds() {
        LongStream.rangeClosed(1, ALWAYS_THE_SAME).forEach(FaultRunTest::holds);
    }

    @Test
    void holdsEveryInvariantUnderNewSeeds() {
        LongStream.generate(System::nanoTime).limit(NEW_EVERY_TIME).forEach(FaultRunTest::holds);
    }

    private static void holds(long seed) {
        Ran ran = new FaultRun(threads).run(seed);
        if (ran.violation() != null) {
            throw new AssertionError(Report.of(new FaultRun(threads), ran));
        }
    }

    @Test
    void doesTheSameUnderTheSameSeed() {
        Wanted wanted = new Wanted(11, FaultRun.MOST_CALLS, EnumSet.allOf(Fault.class));

        Ran first = new FaultRun(threads).run(wanted, true);
        Ran second = new FaultRun(threads).run(wanted, true);

        assertThat(first.trace()).hasSizeGreaterThan(100).isEqualTo(second.trace());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void findsEveryBrokenPart(BrokenPart part) {
        Ran found =
                LongStream.rangeClosed(1, MOST_SEEDS)
                        .mapToObj(seed -> new FaultRun(threads, part.part()).run(seed))
                        .filter(ran -> ran.violation() != null)
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(part + " is not found"));

        assertThat(Objects.requireNonNull(found.violation()).invariant())
                .as("%s under seed %d: %s", part, found.wanted().seed(), found.violation().what())
                .isEqualTo(part.breaks());
    }
}
