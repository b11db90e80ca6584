package linekeeper.domain.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import linekeeper.domain.InvalidValue;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/// Calls are given out no faster than their rate, and as fast (F4).
final class PaceTest {
    private static final Instant NOW = Instant.parse("2026-03-29T00:59:59.123456Z");

    @Test
    void takesRatesFromAThousandthToAThousand() {
        assertThat(Rate.perSecond("0.001").interval()).isEqualTo(Duration.ofSeconds(1_000));
        assertThat(Rate.perSecond("1000").interval()).isEqualTo(Duration.ofMillis(1));
        for (String wrong : new String[] {"0", "-1", "0.0009", "1000.001"}) {
            assertThatThrownBy(() -> Rate.perSecond(wrong))
                    .isInstanceOf(InvalidValue.class)
                    .hasMessageContaining("0.001 to 1000");
        }
    }

    @Test
    void roundsIntervalsUp() {
        assertThat(Rate.perSecond("3").interval()).isEqualTo(Duration.ofNanos(333_334_000));
        assertThat(Rate.perSecond("2.5").interval()).isEqualTo(Duration.ofMillis(400));
    }

    @Test
    void savesUpASecondsWorthAndNoMore() {
        TokenBucket full = TokenBucket.full(Rate.perSecond("5"));

        assertThat(full.tokens(NOW)).isEqualTo(5);
        assertThat(full.take(5, NOW).tokens(NOW)).isZero();
        assertThat(full.take(5, NOW).tokens(NOW.plusMillis(199))).isZero();
        assertThat(full.take(5, NOW).tokens(NOW.plusMillis(200))).isEqualTo(1);
        assertThat(full.take(5, NOW).tokens(NOW.plus(Duration.ofDays(9)))).isEqualTo(5);
    }

    @Test
    void allowsASlowRateOneCallAtOnce() {
        TokenBucket slow = TokenBucket.full(Rate.perSecond("0.1"));

        assertThat(slow.tokens(NOW)).isEqualTo(1);
        TokenBucket taken = slow.take(1, NOW);
        assertThat(taken.tokens(NOW.plusSeconds(9))).isZero();
        assertThat(taken.tokens(NOW.plusSeconds(10))).isEqualTo(1);
        assertThat(taken.nextAt()).isEqualTo(NOW.plusSeconds(10));
    }

    @Test
    void tellsWhenTheNextTokenComes() {
        TokenBucket empty = TokenBucket.full(Rate.perSecond("4")).take(4, NOW);

        assertThat(empty.nextAt()).isEqualTo(NOW.plusMillis(250));
        assertThat(empty.tokens(empty.nextAt().minusNanos(1_000))).isZero();
        assertThat(empty.tokens(empty.nextAt())).isEqualTo(1);
        assertThat(TokenBucket.full(Rate.perSecond("4")).nextAt()).isBefore(NOW);
    }

    @Test
    void letsWhoeverTookTooManyWaitForAll() {
        TokenBucket owing = TokenBucket.full(Rate.perSecond("1")).take(10, NOW);

        assertThat(owing.tokens(NOW.plusSeconds(9))).isZero();
        assertThat(owing.tokens(NOW.plusSeconds(10))).isEqualTo(1);
    }

    /// In any window, however the calls come: the rate's share and one burst.
    @Test
    void neverGivesMoreThanTheRateAndABurst() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        TokenBucket bucket = TokenBucket.full(Rate.perSecond("7"));
        Instant now = NOW;
        int given = 0;
        for (int i = 0; i < 5_000; i++) {
            now = now.plusNanos(random.nextLong(300_000) * 1_000);
            int taken = Math.min(bucket.tokens(now), random.nextInt(4));
            bucket = bucket.take(taken, now);
            given += taken;
            double seconds = Duration.between(NOW, now).toNanos() / 1e9;
            assertThat((double) given).as("seed %d", seed).isLessThanOrEqualTo(7 * seconds + 7);
        }
        assertThat(given).as("seed %d", seed).isPositive();
    }
}
