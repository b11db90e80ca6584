package linekeeper.application;

import static linekeeper.application.TestEngine.report;
import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.execution;
import static linekeeper.application.contract.TestCalls.key;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.CancelCall.AlreadyOver;
import linekeeper.application.CancelCall.CannotHangUp;
import linekeeper.application.CancelCall.HangUpAsked;
import linekeeper.application.CancelCall.HangUpNoted;
import linekeeper.application.CancelCall.Withdrawn;
import linekeeper.application.port.DialResult;
import linekeeper.application.port.Lookup;
import linekeeper.application.port.StopResult;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Progress;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/// The wish that a live call may end: durable, carried out by whoever learns its execution, and never
/// followed by another attempt (H5).
final class CancelCallTest {
    private final TestEngine engine = new TestEngine();

    @Test
    void doesNotDialACallThatWasCancelledHereBeforeItsTurn() {
        engine.start(aCall("a"));

        assertThat(cancel()).isInstanceOf(HangUpNoted.class);
        engine.dialAll();

        assertThat(engine.provider.dialed).isEmpty();
        assertThat(engine.call("a").status()).isEqualTo(CallStatus.CANCELLED);
        assertThat(engine.timeline("a"))
                .containsExactly("accepted", "reserved", "cancel_requested", "ended");
    }

    @Test
    void hangsUpAsSoonAsTheDialsAnswerBringsTheExecution() {
        engine.provider.whileDialing = this::cancel;
        engine.provider.stopped = new StopResult.HangingUp();

        engine.dialed(aCall("a"));

        assertThat(engine.provider.stops).containsExactly(execution("x-a"));
        assertThat(engine.timeline("a")).endsWith("cancel_requested", "bound", "hanging_up");
        engine.webhook(report("a", new Outcome.NoAnswer()));
        assertThat(engine.call("a").status()).isEqualTo(CallStatus.CANCELLED);
        assertThat(engine.lastEvent("a").detail()).containsEntry("instead_of", "no_answer");
    }

    @Test
    void hangsUpAsSoonAsAWebhookBringsTheExecution() {
        lost();
        assertThat(cancel()).isInstanceOf(HangUpNoted.class);
        assertThat(engine.provider.stops).isEmpty();

        engine.webhook(report("a", Progress.RINGING));

        assertThat(engine.provider.stops).containsExactly(execution("x-a"));
        assertThat(engine.call("a").status()).isEqualTo(CallStatus.CANCELLED);
    }

    @Test
    void hangsUpAsSoonAsTheReconcilerFindsTheExecution() {
        lost();
        cancel();
        engine.provider.found = new Lookup.Found(report("a", Progress.RINGING));
        engine.pass(Duration.ofSeconds(60));

        engine.engine.reconcile().runOnce();

        assertThat(engine.provider.stops).containsExactly(execution("x-a"));
        assertThat(engine.call("a").status()).isEqualTo(CallStatus.CANCELLED);
    }

    @Test
    void endsCancelledWhenTheProviderNeverHadTheCall() {
        lost();
        cancel();
        engine.pass(Duration.ofSeconds(60));

        engine.engine.reconcile().runOnce();

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.CANCELLED);
        assertThat(engine.lastEvent("a").detail())
                .containsEntry("error_code", Failure.DIAL_NOT_PLACED);
    }

    @Test
    void staysFailedWhereThePersonMayHaveBeenCalled() {
        lost();
        cancel();
        engine.provider.found = new Lookup.Undecided("down");
        engine.pass(Duration.ofMinutes(10));

        engine.engine.reconcile().runOnce();

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.FAILED);
    }

    @Test
    void isNotPutBackToBeDialedAgain() {
        engine.provider.whileDialing = this::cancel;
        engine.provider.dials.add(new DialResult.NotSent("down"));

        engine.dialed(aCall("a"));

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.CANCELLED);
    }

    @Test
    void keepsTheWishWhenTheDialsAnswerIsLost() {
        engine.provider.whileDialing = this::cancel;
        lost();

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.DIAL_UNKNOWN);
        assertThat(((LiveCall) engine.call("a")).slot().hangUpPending()).isTrue();
    }

    @Test
    void isNotTriedAgain() {
        engine.provider.stopped = new StopResult.Impossible("too late");
        engine.dialed(aCall("a").attempts(3));

        assertThat(cancel()).isEqualTo(new CannotHangUp("too late"));
        engine.webhook(report("a", new Outcome.Busy()));

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.CANCELLED);
        assertThat(engine.timeline("a")).endsWith("cancel_requested", "cancel_impossible", "ended");
    }

    @Test
    void leavesItsOutcomeToACallThatWasAnswered() {
        engine.provider.stopped = new StopResult.HangingUp();
        engine.dialed(aCall("a").attempts(3));
        engine.webhook(report("a", Progress.ANSWERED));

        assertThat(cancel()).isInstanceOf(HangUpAsked.class);
        engine.webhook(report("a", new Outcome.Completed()));

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.COMPLETED);
        assertThat(cancel()).isInstanceOf(AlreadyOver.class);
    }

    @Test
    void doesNotTryAMachineAgainThatAnsweredACancelledCall() {
        engine.provider.stopped = new StopResult.HangingUp();
        engine.dialed(aCall("a").attempts(3));
        cancel();

        engine.webhook(report("a", new Outcome.Voicemail()));

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.VOICEMAIL);
    }

    @Test
    void asksAgainWhenTheProvidersAnswerWasLost() {
        engine.provider.stopped = new StopResult.Unknown("time-out");
        engine.dialed(aCall("a"));
        assertThat(cancel()).isInstanceOf(HangUpAsked.class);

        assertThat(engine.engine.reconcile().runOnce()).isZero();
        engine.pass(TestEngine.RULES.timeout());
        assertThat(engine.engine.reconcile().runOnce()).isEqualTo(1);
        assertThat(engine.provider.stops).hasSize(2);

        engine.provider.stopped = new StopResult.Stopped();
        engine.pass(Duration.ofSeconds(15));
        engine.engine.reconcile().runOnce();
        assertThat(engine.call("a").status()).isEqualTo(CallStatus.CANCELLED);
    }

    @Test
    void doesNotAskAgainOnceTheProviderHasAnswered() {
        engine.provider.stopped = new StopResult.HangingUp();
        engine.dialed(aCall("a"));
        cancel();
        engine.pass(Duration.ofMinutes(1));

        assertThat(engine.engine.reconcile().runOnce()).isZero();
        assertThat(engine.provider.stops).hasSize(1);
    }

    @Test
    void goesOnSettlingACallWhoseEndCannotBeAskedFor() {
        engine.provider.stopped = new StopResult.Unknown("broken");
        engine.dialed(aCall("a"));
        cancel();
        engine.provider.executions.put(
                execution("x-a"), new Lookup.Found(report("a", new Outcome.Completed())));
        engine.pass(Duration.ofMinutes(10));

        engine.engine.reconcile().runOnce();

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.COMPLETED);
    }

    @Test
    void holdsTheBindWhenTheHangUpBreaks() {
        engine.provider.whileDialing = this::cancel;
        engine.provider.broken.add(execution("x-a"));

        engine.dialed(aCall("a"));

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.DIALING);
        assertThat(((LiveCall) engine.call("a")).slot().hangUpPending()).isTrue();
    }

    @Test
    void asksTheProviderAgainWhenTheWishIsRepeated() {
        engine.provider.stopped = new StopResult.Impossible("not yet");
        engine.dialed(aCall("a"));
        cancel();
        engine.provider.stopped = new StopResult.Stopped();

        assertThat(cancel()).isInstanceOf(Withdrawn.class);
        assertThat(engine.timeline("a")).containsOnlyOnce("cancel_requested");
    }

    private CancelCall.Cancelled cancel() {
        return engine.engine.cancelCall().cancel(key("a"));
    }

    private void lost() {
        engine.provider.dials.add(new DialResult.Unknown("time-out"));
        engine.dialed(aCall("a"));
    }
}
