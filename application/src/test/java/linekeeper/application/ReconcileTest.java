package linekeeper.application;

import static linekeeper.application.TestEngine.report;
import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.execution;
import static linekeeper.application.contract.TestCalls.key;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.CancelCall.AlreadyOver;
import linekeeper.application.CancelCall.CannotHangUp;
import linekeeper.application.CancelCall.NoSuchCall;
import linekeeper.application.CancelCall.Withdrawn;
import linekeeper.application.port.DialResult;
import linekeeper.application.port.ExecutionReport.Over;
import linekeeper.application.port.Lookup;
import linekeeper.application.port.StopResult;
import linekeeper.domain.AccountId;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.CallType;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Progress;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// Mending, tidying, cancelling, releasing (B3, B5, E3, H2, H5).
final class ReconcileTest {
    private final TestEngine engine = new TestEngine();

    @Test
    void bindsALostCallThatTheProviderHas() {
        lost("a");
        engine.provider.found = new Lookup.Found(report("a", Progress.RINGING));

        engine.pass(Duration.ofSeconds(59));
        assertThat(engine.engine.reconcile().runOnce()).isZero();
        engine.pass(Duration.ofSeconds(1));
        assertThat(engine.engine.reconcile().runOnce()).isEqualTo(1);

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.RINGING);
        assertThat(engine.provider.dialed).containsExactly("a");
    }

    @Test
    void appliesWhatWasParkedForACallItFinds() {
        lost("a");
        engine.webhook(report("a", new Over(new Outcome.Busy()), false));
        engine.provider.found = new Lookup.Found(report("a", Progress.PLACED));

        engine.pass(Duration.ofSeconds(60));
        engine.engine.reconcile().runOnce();

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.BUSY);
        assertThat(engine.stores.engine().parked().of(execution("x-a"))).isEmpty();
    }

    @Test
    void failsALostCallThatTheProviderDoesNotHave() {
        lost("a");

        engine.pass(Duration.ofSeconds(60));
        engine.engine.reconcile().runOnce();

        assertThat(code("a")).isEqualTo(Failure.DIAL_NOT_PLACED);
    }

    @Test
    void settlesACallWhoseProcessDiedBeforeTheDial() {
        engine.start(aCall("a"));
        engine.handedOver.clear();

        engine.pass(Duration.ofSeconds(60));
        engine.engine.reconcile().runOnce();

        assertThat(code("a")).isEqualTo(Failure.DIAL_NOT_PLACED);
    }

    @Test
    void asksAgainUntilTheHorizonAndThenGivesUp() {
        lost("a");
        engine.provider.found = new Lookup.Undecided("down");

        engine.pass(Duration.ofSeconds(60));
        assertThat(engine.engine.reconcile().runOnce()).isEqualTo(1);
        assertThat(engine.engine.reconcile().runOnce()).isZero();
        engine.pass(Duration.ofSeconds(15));
        assertThat(engine.engine.reconcile().runOnce()).isEqualTo(1);
        assertThat(engine.call("a").status()).isEqualTo(CallStatus.DIAL_UNKNOWN);

        engine.pass(Duration.ofMinutes(10));
        engine.engine.reconcile().runOnce();
        assertThat(code("a")).isEqualTo(Failure.DIAL_UNCONFIRMED);
    }

    /// While nobody ran, nobody could ask: one answer that fails to come proves nothing yet.
    @Test
    void asksForAWholeHorizonAfterAStop() {
        lost("a");
        engine.provider.found = new Lookup.Undecided("down");
        engine.pass(Duration.ofHours(1));
        CallEngine next = engine.restarted();

        next.reconcile().runOnce();
        assertThat(engine.call("a").status()).isEqualTo(CallStatus.DIAL_UNKNOWN);

        engine.pass(Duration.ofMinutes(10));
        next.reconcile().runOnce();
        assertThat(code("a")).isEqualTo(Failure.DIAL_UNCONFIRMED);
    }

    @Test
    void keepsTheStatusOfACallThatTurnsUpAfterAll() {
        lost("a");
        engine.pass(Duration.ofSeconds(60));
        engine.engine.reconcile().runOnce();

        engine.webhook(report("a", Progress.RINGING));

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.FAILED);
        assertThat(((EndedCall) engine.call("a")).execution()).isEqualTo(execution("x-a"));
        assertThat(engine.timeline("a")).endsWith("ended", "late_report");
    }

    @Test
    void asksAboutSilentCalls() {
        engine.dialed(aCall("a"));
        engine.provider.executions.put(
                execution("x-a"), new Lookup.Found(report("a", new Outcome.Completed())));

        engine.pass(Duration.ofMinutes(9));
        assertThat(engine.engine.reconcile().runOnce()).isZero();
        engine.pass(Duration.ofMinutes(1));
        engine.engine.reconcile().runOnce();

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.COMPLETED);
    }

    @Test
    void settlesTheOthersWhenOneCallBreaksTheQuestion() {
        engine.dialed(aCall("a"));
        engine.dialed(aCall("b"));
        engine.provider.broken.add(execution("x-a"));
        engine.provider.executions.put(
                execution("x-b"), new Lookup.Found(report("b", new Outcome.Completed())));

        engine.pass(Duration.ofMinutes(10));
        engine.engine.reconcile().runOnce();

        assertThat(engine.call("b").status()).isEqualTo(CallStatus.COMPLETED);
    }

    @Test
    void leavesALongCallInPeaceForAnotherWhile() {
        engine.dialed(aCall("a"));
        engine.webhook(report("a", Progress.ANSWERED));
        engine.provider.executions.put(
                execution("x-a"), new Lookup.Found(report("a", Progress.ANSWERED)));

        engine.pass(Duration.ofMinutes(10));
        assertThat(engine.engine.reconcile().runOnce()).isEqualTo(1);
        engine.pass(Duration.ofMinutes(9));
        assertThat(engine.engine.reconcile().runOnce()).isZero();
    }

    @Test
    void failsACallThatTheProviderHasLost() {
        engine.dialed(aCall("a"));
        engine.provider.executions.put(execution("x-a"), new Lookup.Absent());

        engine.pass(Duration.ofMinutes(10));
        engine.engine.reconcile().runOnce();

        assertThat(code("a")).isEqualTo(Failure.EXECUTION_LOST);
    }

    @Test
    void asksAboutEveryBoundCallAtStart() {
        TestEngine busy = new TestEngine(Limits.of(250, 250), store -> store);
        List<String> ids = IntStream.range(0, 250).mapToObj(i -> "c" + i).toList();
        for (String id : ids) {
            busy.dialed(aCall(id));
            busy.provider.executions.put(
                    execution("x-" + id), new Lookup.Found(report(id, new Outcome.Busy())));
        }

        assertThat(busy.engine.reconcile().runAtStart()).isEqualTo(250);

        assertThat(ids).allMatch(id -> busy.call(id).status() == CallStatus.BUSY);
    }

    @Test
    void expiresWaitingCalls() {
        engine.dialed(aCall("a"));
        engine.dialed(aCall("b"));
        engine.start(aCall("c").expiringAt(engine.now.plusSeconds(9)));

        engine.pass(Duration.ofSeconds(9));

        assertThat(engine.engine.sweep().runOnce()).isEqualTo(new Sweep.Swept(1, 0));
        assertThat(engine.call("c").status()).isEqualTo(CallStatus.EXPIRED);
    }

    @Test
    void cancelsWaitingCallsForGood() {
        engine.dialed(aCall("a"));
        engine.dialed(aCall("b"));
        engine.start(aCall("c"));

        assertThat(cancel("c")).isInstanceOf(Withdrawn.class);
        assertThat(cancel("c")).isInstanceOf(AlreadyOver.class);
        engine.webhook(report("a", new Outcome.Busy()));
        engine.dispatch();
        engine.dialAll();

        assertThat(engine.provider.dialed).containsExactly("a", "b");
    }

    @Test
    void cancelsLiveCallsAsFarAsTheProviderCan() {
        engine.dialed(aCall("a"));

        engine.provider.stopped = new StopResult.Impossible("too late");
        assertThat(cancel("a")).isEqualTo(new CannotHangUp("too late"));
        engine.provider.stopped = new StopResult.Stopped();
        assertThat(cancel("a")).isInstanceOf(Withdrawn.class);

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.CANCELLED);
        assertThat(cancel("nobody")).isInstanceOf(NoSuchCall.class);
    }

    @Test
    void releasesASlotExactlyOnce() {
        engine.dialed(aCall("a").ofCampaign("autumn"));
        ReleaseSlot release = engine.engine.releaseSlot();

        assertThat(release.release(AccountId.DEFAULT, execution("x-a")))
                .contains(new ReleaseSlot.Released(key("a"), CallType.CAMPAIGN));
        assertThat(release.release(key("a"))).isEmpty();
        assertThat(release.release(new AccountId("other"), execution("x-a"))).isEmpty();
        assertThat(code("a")).isEqualTo(Failure.RELEASED_BY_OPERATOR);
    }

    private void lost(String id) {
        engine.provider.dials.add(new DialResult.Unknown("time-out"));
        engine.dialed(aCall(id));
    }

    private CancelCall.Cancelled cancel(String id) {
        return engine.engine.cancelCall().cancel(key(id));
    }

    private String code(String id) {
        Outcome outcome = ((EndedCall) engine.call(id)).outcome();
        return ((Outcome.Failed) outcome).failure().code();
    }
}
