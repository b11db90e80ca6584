package linekeeper.bootstrap.simulating;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.simulation.faults.Fault;
import linekeeper.application.simulation.faults.FaultRun.Ran;
import linekeeper.application.simulation.faults.FaultRun.Violation;
import linekeeper.application.simulation.faults.FaultRun.Wanted;
import linekeeper.application.simulation.faults.Invariant;
import linekeeper.application.simulation.faults.SeedRuns;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;

/// A campaign runs every seed once and tells of those that break something (G3).
final class FaultCampaignTest {
    private static final int CALLS = 8;

    private final StringWriter out = new StringWriter();
    private final Set<Long> seeds = new ConcurrentSkipListSet<>();

    @Test
    void runsEverySeedOnceAndAddsUp() {
        assertThat(campaign(seed -> false, 250)).isTrue();

        assertThat(seeds).hasSize(250).startsWith(1_000L).endsWith(1_249L);
        assertThat(lastLine())
                .startsWith("250 seeds, 2,000 calls, 250 crashes, 500 faults, 25,000 steps:")
                .matches(".* 0 violations in [\\d.]+ s");
    }

    @Test
    void tellsTheSeedThatBreaksSomethingAndHowToRunItAgain() {
        assertThat(campaign(seed -> seed == 1_007, 20)).isFalse();

        assertThat(out.toString())
                .contains("seed 1007 breaks LIMIT: " + Invariant.LIMIT.promise())
                .contains("it was seen")
                .contains("first this")
                .contains(
                        "again: ./linekeeper simulate --faults --seeds 1 --from 1007"
                                + " --most-calls 1 --only none");
        assertThat(lastLine()).contains(": 1 violations in ");
    }

    @Test
    void countsWhatItDoesNotTell() {
        assertThat(campaign(seed -> seed % 2 == 0, 20)).isFalse();

        assertThat(Pattern.compile("^seed ", Pattern.MULTILINE).matcher(out.toString()).results())
                .hasSize(3);
        assertThat(lastLine()).contains(": 10 violations in ");
    }

    private boolean campaign(LongPredicate broken, long most) {
        SeedRuns runs = (wanted, traced) -> ran(wanted, broken.test(wanted.seed()));
        return new FaultCampaign(runs, new PrintWriter(out), false)
                .run(1_000, most, seed -> new Wanted(seed, CALLS, EnumSet.allOf(Fault.class)));
    }

    private Ran ran(Wanted wanted, boolean broken) {
        seeds.add(wanted.seed());
        Violation violation =
                broken
                        ? new Violation(Invariant.LIMIT, "it was seen", List.of("first this"))
                        : null;
        return new Ran(wanted, CALLS, 1, 2, 100, violation, List.of());
    }

    private String lastLine() {
        return out.toString().lines().toList().getLast();
    }
}
