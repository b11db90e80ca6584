package linekeeper.application;

import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.key;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.DialResult;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.provider.CircuitBreaker;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.IntStream;

/// A provider that cannot be reached for two minutes, the real engine, time moved by the second (H6).
final class ProviderOutageTest {
    private static final int CALLS = 20;
    private static final int OUTAGE_SECONDS = 120;
    private static final int PROBES = OUTAGE_SECONDS / 10;

    private final TestEngine engine = new TestEngine(Limits.of(100, 50), store -> store);

    @Test
    void triesAFailingProviderSeldomAndGoesOnSoonAfterItIsBack() {
        goDown();
        for (int i = 0; i < CALLS; i++) {
            engine.dialed(aCall("c" + i));
        }
        pass(OUTAGE_SECONDS);

        assertThat(engine.provider.dialed.size())
                .isLessThanOrEqualTo(CircuitBreaker.FAILURES_TO_OPEN + PROBES);
        for (int i = 0; i < CALLS; i++) {
            assertThat(engine.call("c" + i).status()).isEqualTo(CallStatus.QUEUED);
            assertThat(reason("c" + i)).isIn("provider_failing", "provider_unreachable");
        }

        comeBack();
        engine.provider.dialed.clear();
        pass(10 + 1);

        assertThat(IntStream.range(0, CALLS).mapToObj(i -> engine.call("c" + i)))
                .filteredOn(ActiveCall.class::isInstance)
                .hasSizeGreaterThanOrEqualTo(CALLS - CircuitBreaker.FAILURES_TO_OPEN - PROBES);
        pass(60);
        for (int i = 0; i < CALLS; i++) {
            assertThat(engine.call("c" + i)).isInstanceOf(ActiveCall.class);
        }
        assertThat(engine.provider.dialed).hasSize(CALLS).doesNotHaveDuplicates();
    }

    /// Nothing goes back and forth: a call that was never given to the provider just waits.
    @Test
    void leavesTheOthersInTheQueueWithTheReason() {
        goDown();
        for (int i = 0; i < CircuitBreaker.FAILURES_TO_OPEN; i++) {
            engine.dialed(aCall("c" + i));
        }
        Instant opened = engine.now;

        engine.dialed(aCall("late"));
        pass(9);

        assertThat(engine.timeline("late")).containsExactly("accepted");
        assertThat(reason("late")).isEqualTo("provider_failing");
        assertThat(forecast("late").reason().text())
                .isEqualTo("Provider simulated is failing; next try at " + opened.plusSeconds(10));
        assertThat(forecast("late").estimate().p50()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void countsLostAnswersAndForgetsThemAtTheFirstAnswer() {
        for (int i = 0; i < 4; i++) {
            engine.provider.dials.add(new DialResult.Unknown("time-out"));
        }
        for (int i = 0; i < 5; i++) {
            engine.dialed(aCall("c" + i));
        }
        goDown();
        for (int i = 5; i < 9; i++) {
            engine.dialed(aCall("c" + i));
        }
        assertThat(breaker()).isInstanceOf(CircuitBreaker.Closed.class);

        engine.dialed(aCall("c9"));

        assertThat(breaker()).isInstanceOf(CircuitBreaker.Open.class);
    }

    @Test
    void lendsOneProbeAtATimeAndTakesItBackUnused() {
        goDown();
        for (int i = 0; i < CircuitBreaker.FAILURES_TO_OPEN; i++) {
            engine.dialed(aCall("c" + i));
        }
        engine.pass(Duration.ofSeconds(10));

        engine.dispatch();
        engine.dispatch();
        assertThat(engine.handedOver).hasSize(1);
        engine.dialAll();
        engine.dispatch();

        assertThat(engine.handedOver).isEmpty();
        assertThat(engine.provider.dialed).hasSize(CircuitBreaker.FAILURES_TO_OPEN + 1);
    }

    private void goDown() {
        engine.provider.always = new DialResult.NotSent("connection refused");
    }

    private void comeBack() {
        engine.provider.always = null;
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            engine.pass(Duration.ofSeconds(1));
            engine.engine.rerouteWaiting().runOnce();
            engine.dispatch();
            engine.dialAll();
        }
    }

    private CircuitBreaker breaker() {
        return engine.engine.providerStates().list().getFirst().breaker();
    }

    private String reason(String id) {
        return forecast(id).reason().code();
    }

    private WaitForecast.Forecast forecast(String id) {
        return Objects.requireNonNull(
                engine.engine
                        .waitForecast()
                        .of(engine.stores.engine().calls().find(key(id)).orElseThrow(), engine.now)
                        .orElse(null));
    }
}
