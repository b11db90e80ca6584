package linekeeper.application.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// One seed decides everything: when things happen, in which order, and what chance says (G3).
final class VirtualTimeTest {
    private static final Instant START = Instant.parse("2026-03-29T00:59:59.123456Z");

    private final VirtualTime time = new VirtualTime(START);
    private final List<String> happened = new ArrayList<>();

    @Test
    void letsThingsHappenInTheOrderOfTheirTimes() {
        note("late", 3);
        note("soon", 1);
        note("between", 2);

        while (time.next()) {}

        assertThat(happened).containsExactly("soon@1", "between@2", "late@3");
    }

    @Test
    void keepsTheOrderOfWhatHappensAtOnce() {
        for (int i = 0; i < 20; i++) {
            note("n" + i, 1);
        }

        while (time.next()) {}

        assertThat(happened).startsWith("n0@1", "n1@1", "n2@1").endsWith("n19@1");
    }

    @Test
    void happensNowWhatIsDueAlready() {
        note("past", -5);

        time.next();

        assertThat(happened).containsExactly("past@0");
        assertThat(time.instant()).isEqualTo(START);
    }

    @Test
    void runsUntilAMomentAndNoFurther() {
        note("in", 2);
        note("out", 3);

        time.runUntil(START.plusSeconds(2));

        assertThat(happened).containsExactly("in@2");
        assertThat(time.instant()).isEqualTo(START.plusSeconds(2));
        assertThat(time.pending()).isOne();
    }

    @Test
    void skipsOnlyTimeInWhichNothingHappens() {
        note("event", 2);

        assertThat(time.skip(Duration.ofSeconds(1))).isTrue();
        assertThat(time.skip(Duration.ofSeconds(1))).isFalse();

        assertThat(time.instant()).isEqualTo(START.plusSeconds(1));
    }

    @Test
    void saysTheSameForTheSameSeedAndActor() {
        Chance chance = Chance.of(7);
        List<Integer> first = tenOf(chance.of("caller"));
        chance.below(5);

        assertThat(tenOf(chance.of("caller"))).isEqualTo(first);
        assertThat(tenOf(chance.of("provider"))).isNotEqualTo(first);
        assertThat(tenOf(Chance.of(8).of("caller"))).isNotEqualTo(first);
    }

    @Test
    void drawsFromTheRangeThatIsAsked() {
        Chance chance = Chance.of(1);
        for (int i = 0; i < 1_000; i++) {
            assertThat(chance.between(Duration.ofMillis(2), Duration.ofMillis(3)))
                    .isBetween(Duration.ofMillis(2), Duration.ofMillis(3));
        }
        assertThat(chance.between(Duration.ZERO, Duration.ZERO)).isZero();
    }

    @Test
    void hasTheMeanThatIsAsked() {
        Chance chance = Chance.of(1);
        double sum = 0;
        for (int i = 0; i < 100_000; i++) {
            sum += chance.exponential(Duration.ofSeconds(10)).toNanos() / 1e9;
        }
        assertThat(sum / 100_000).isBetween(9.9, 10.1);
    }

    private void note(String what, int seconds) {
        time.after(
                Duration.ofSeconds(seconds),
                () ->
                        happened.add(
                                what + "@" + Duration.between(START, time.instant()).toSeconds()));
    }

    private static List<Integer> tenOf(Chance chance) {
        List<Integer> drawn = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            drawn.add(chance.below(1_000));
        }
        return drawn;
    }
}
