package linekeeper.application;

import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.execution;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.AcceptCall.Contradicts;
import linekeeper.application.AcceptCall.Replayed;
import linekeeper.application.AcceptCall.Starts;
import linekeeper.application.AcceptCall.Waits;
import linekeeper.application.PlaceCall.Tried;
import linekeeper.application.port.DialResult;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.UnconfirmedCall;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/// From acceptance to the bound execution, and every way a dial can go wrong (A4, B1, B2, D1, H1).
final class DialCallTest {
    private final TestEngine engine = new TestEngine();

    @Test
    void bindsTheExecutionToSlotAndCall() {
        engine.dialed(aCall("a"));

        assertThat(engine.call("a"))
                .isInstanceOfSatisfying(
                        ActiveCall.class,
                        call -> assertThat(call.execution()).isEqualTo(execution("x-a")));
        assertThat(engine.timeline("a")).containsExactly("accepted", "reserved", "bound");
    }

    @Test
    void tellsRepetitionsFromContradictions() {
        assertThat(engine.start(aCall("a"))).isInstanceOf(Starts.class);
        assertThat(engine.start(aCall("a"))).isInstanceOf(Replayed.class);
        assertThat(engine.start(aCall("a").to("+14155550199")))
                .isInstanceOfSatisfying(
                        Contradicts.class,
                        answer -> assertThat(answer.fields()).containsExactly("phone_number"));

        engine.dialAll();
        assertThat(engine.provider.dialed).containsExactly("a");
    }

    @Test
    void saysWhyACallWaitsAndForHowLong() {
        engine.start(aCall("a"));
        engine.start(aCall("b"));

        Waits waits = (Waits) engine.start(aCall("c"));

        assertThat(waits.forecast().reason().code()).isEqualTo("account_limit");
        assertThat(waits.forecast().reason().text())
                .isEqualTo("Account limit reached: 2 of 2 slots in use");
        assertThat(waits.forecast().place().position()).isEqualTo(1);
        assertThat(waits.forecast().estimate().p50())
                .isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
    }

    @Test
    void failsACallThatTheProviderRefuses() {
        engine.provider.dials.add(
                new DialResult.Refused(new Failure("NO_SUCH_AGENT", "no such agent"), false));

        engine.dialed(aCall("a"));

        assertThat(engine.call("a"))
                .isInstanceOfSatisfying(
                        EndedCall.class,
                        call ->
                                assertThat(call.outcome())
                                        .isEqualTo(
                                                new Outcome.Failed(
                                                        new Failure(
                                                                "NO_SUCH_AGENT",
                                                                "no such agent"))));
    }

    @Test
    void putsBackACallThatWasCertainlyNotDialed() {
        engine.provider.dials.add(new DialResult.NotSent("connection refused"));
        engine.provider.dials.add(
                new DialResult.Refused(new Failure("RATE_LIMITED", "slow down"), true));

        engine.dialed(aCall("a"));
        assertThat(engine.call("a").status()).isEqualTo(CallStatus.QUEUED);
        assertThat(((Replayed) engine.start(aCall("a"))).forecast().orElseThrow().reason().code())
                .isEqualTo("provider_unreachable");

        engine.dispatch();
        assertThat(engine.handedOver).isEmpty();
        engine.pass(Duration.ofSeconds(1));
        engine.dispatch();
        engine.dialAll();
        assertThat(((QueuedCall) engine.call("a")).dueAt()).isEqualTo(engine.now.plusSeconds(2));

        engine.pass(Duration.ofSeconds(2));
        engine.dispatch();
        engine.dialAll();
        assertThat(engine.call("a").status()).isEqualTo(CallStatus.DIALING);
        assertThat(engine.provider.dialed).containsExactly("a", "a", "a");
    }

    @Test
    void keepsTheSlotOfACallWhoseAnswerWasLost() {
        engine.provider.dials.add(new DialResult.Unknown("time-out"));

        engine.dialed(aCall("a"));
        engine.dialed(aCall("b"));

        assertThat(engine.call("a")).isInstanceOf(UnconfirmedCall.class);
        assertThat(engine.start(aCall("c"))).isInstanceOf(Waits.class);
        engine.pass(Duration.ofSeconds(59));
        engine.dispatch();
        engine.dialAll();
        assertThat(engine.provider.dialed).containsExactly("a", "b");
    }

    @Test
    void takesABrokenAdapterForALostAnswer() {
        engine.provider.whileDialing =
                () -> {
                    throw new IllegalStateException("bug");
                };

        engine.dialed(aCall("a"));

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.DIAL_UNKNOWN);
    }

    @Test
    void doesNotDialACallWhoseTimeIsOver() {
        engine.start(aCall("a").expiringAt(engine.now.plusSeconds(5)));
        engine.pass(Duration.ofSeconds(5));

        engine.dialAll();

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.EXPIRED);
        assertThat(engine.provider.dialed).isEmpty();
    }

    @Test
    void doesNotDialOnALeaseThatMayHaveBeenJudged() {
        engine.start(aCall("a"));
        ReservedCall stale = engine.handedOver.remove();
        engine.pass(TestEngine.RULES.dialWithin().plusNanos(1));

        engine.engine.dialCall().dial(stale);

        assertThat(engine.provider.dialed).isEmpty();
        // It waited again, and nobody was before it.
        assertThat(engine.timeline("a"))
                .containsExactly("accepted", "reserved", "put_back", "reserved");
        assertThat(((ReservedCall) engine.call("a")).slot().lease())
                .isNotEqualTo(stale.slot().lease());
    }

    @Test
    void aStaleDialerNeitherDialsNorTouchesTheNextLease() {
        engine.start(aCall("a"));
        var stale = engine.handedOver.remove();
        engine.pass(TestEngine.RULES.dialWithin().plusNanos(1));
        engine.engine.dialCall().dial(stale);
        engine.dispatch();
        engine.dialAll();

        engine.engine.dialCall().dial(stale);

        assertThat(engine.provider.dialed).containsExactly("a");
        assertThat(engine.call("a")).isInstanceOf(ActiveCall.class);
    }

    @Test
    void initiateWaitsForTheProvidersAnswer() {
        var answer = engine.engine.placeCall().initiate(aCall("a").build());

        assertThat(((Tried) answer).dialed()).isEqualTo(new Dialed.Bound(execution("x-a")));
        assertThat(engine.handedOver).isEmpty();
    }

    @Test
    void givesOutNoSlotsOnceItIsStopping() {
        engine.engine.gate().close();

        assertThat(engine.start(aCall("a"))).isInstanceOf(Waits.class);
        engine.dispatch();

        assertThat(engine.handedOver).isEmpty();
    }
}
