package linekeeper.domain.provider;

import static linekeeper.domain.provider.CircuitBreaker.FAILURES_TO_OPEN;
import static linekeeper.domain.provider.CircuitBreaker.PROBE_INTERVAL;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;

/// Who fails is left alone, and tried again by one call at a time (H6).
final class CircuitBreakerTest {
    private static final Instant NOW = Instant.parse("2026-10-25T00:59:59Z");
    private static final Instant PROBE = NOW.plus(PROBE_INTERVAL);

    @Test
    void opensAtTheFifthFailureInARow() {
        CircuitBreaker breaker = failed(FAILURES_TO_OPEN - 1);
        assertThat(breaker.wireName()).isEqualTo("closed");
        assertThat(breaker.room(NOW)).isEqualTo(Integer.MAX_VALUE);

        CircuitBreaker open = breaker.failed(NOW);
        assertThat(open).isEqualTo(new CircuitBreaker.Open(NOW, PROBE, false));
        assertThat(open.wireName()).isEqualTo("open");
    }

    @Test
    void forgetsFailuresAtASuccess() {
        CircuitBreaker breaker = failed(FAILURES_TO_OPEN - 1).succeeded(NOW);

        for (int i = 1; i < FAILURES_TO_OPEN; i++) {
            breaker = breaker.failed(NOW);
        }

        assertThat(breaker).isInstanceOf(CircuitBreaker.Closed.class);
        assertThat(breaker.failed(NOW)).isInstanceOf(CircuitBreaker.Open.class);
    }

    @Test
    void letsOneProbeThroughPerInterval() {
        CircuitBreaker open = failed(FAILURES_TO_OPEN);
        assertThat(open.room(NOW)).isZero();
        assertThat(open.room(PROBE.minusNanos(1))).isZero();
        assertThat(open.room(PROBE)).isEqualTo(1);

        CircuitBreaker probing = open.given(PROBE);
        assertThat(probing.wireName()).isEqualTo("half_open");
        assertThat(probing.room(PROBE)).isZero();
        assertThat(probing.room(PROBE.plus(PROBE_INTERVAL))).isEqualTo(1);
    }

    @Test
    void waitsAnIntervalFromTheProbeWhenItFails() {
        CircuitBreaker probing = failed(FAILURES_TO_OPEN).given(PROBE);

        CircuitBreaker failed = probing.failed(PROBE.plusSeconds(3));

        assertThat(failed)
                .isEqualTo(new CircuitBreaker.Open(NOW, PROBE.plus(PROBE_INTERVAL), false));
        assertThat(failed.room(PROBE.plusSeconds(3))).isZero();
    }

    @Test
    void closesWhenAProbeIsAnswered() {
        CircuitBreaker closed = failed(FAILURES_TO_OPEN).given(PROBE).succeeded(PROBE);

        assertThat(closed).isEqualTo(new CircuitBreaker.Closed(0, PROBE));
        assertThat(closed.room(PROBE)).isEqualTo(Integer.MAX_VALUE);
        assertThat(closed.failed(PROBE)).isEqualTo(new CircuitBreaker.Closed(1, PROBE));
    }

    /// Dials that were under way when it opened come in late.
    @Test
    void staysOpenWhenOlderDialsFailToo() {
        CircuitBreaker open = failed(FAILURES_TO_OPEN);

        assertThat(open.failed(NOW.plusSeconds(9))).isEqualTo(open);
    }

    @Test
    void givesAClosedOneWhateverItWants() {
        CircuitBreaker closed = CircuitBreaker.closed();

        assertThat(closed.given(NOW)).isEqualTo(closed);
        assertThat(closed.succeeded(NOW)).isEqualTo(closed);
    }

    private static CircuitBreaker failed(int times) {
        CircuitBreaker breaker = CircuitBreaker.closed();
        for (int i = 0; i < times; i++) {
            breaker = breaker.failed(NOW);
        }
        return breaker;
    }
}
