package linekeeper.application;

import static linekeeper.application.TestEngine.report;
import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.execution;
import static linekeeper.application.contract.TestCalls.key;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.RecordProviderEvent.Recorded;
import linekeeper.application.contract.TestCalls;
import linekeeper.application.port.DialResult;
import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.ExecutionReport.Echo;
import linekeeper.application.port.ExecutionReport.Over;
import linekeeper.application.port.ExecutionReport.Reached;
import linekeeper.application.port.Lookup;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Progress;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/// Webhooks in any number and order (C5, H3).
final class RecordProviderEventTest {
    private final TestEngine engine = new TestEngine();

    @Test
    void movesACallForwardOnceHoweverOftenItIsTold() {
        engine.dialed(aCall("a"));

        for (int i = 0; i < 5; i++) {
            Recorded recorded = engine.webhook(report("a", Progress.RINGING));
            assertThat(recorded).isEqualTo(i == 0 ? Recorded.APPLIED : Recorded.NOTHING_NEW);
        }

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.RINGING);
        assertThat(engine.timeline("a"))
                .containsExactly("accepted", "reserved", "bound", "ringing");
    }

    @Test
    void ignoresWhatComesAfterTheEnd() {
        engine.dialed(aCall("a"));

        engine.webhook(report("a", new Outcome.Busy()));
        engine.webhook(report("a", Progress.RINGING));
        engine.webhook(report("a", new Outcome.Completed()));

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.BUSY);
        assertThat(engine.timeline("a")).containsExactly("accepted", "reserved", "bound", "ended");
    }

    @Test
    void bindsACallWhoseWebhookIsFasterThanTheAnswer() {
        engine.provider.whileDialing = () -> engine.webhook(report("a", Progress.RINGING));

        engine.dialed(aCall("a"));

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.RINGING);
        assertThat(engine.timeline("a"))
                .containsExactly("accepted", "reserved", "bound", "ringing");
    }

    @Test
    void appliesWhatWasParkedOnceAWebhookBindsTheCall() {
        engine.provider.dials.add(new DialResult.Unknown("no answer"));
        engine.dialed(aCall("a"));
        engine.webhook(report("a", new ExecutionReport.Over(new Outcome.Busy()), false));

        engine.webhook(report("a", Progress.RINGING));

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.BUSY);
        assertThat(engine.stores.engine().parked().of(TestCalls.execution("x-a"))).isEmpty();
    }

    @Test
    void endsACallWhoseEndIsFasterThanTheAnswer() {
        engine.provider.whileDialing = () -> engine.webhook(report("a", new Outcome.Busy()));

        engine.dialed(aCall("a"));

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.BUSY);
        assertThat(((EndedCall) engine.call("a")).execution()).isEqualTo(execution("x-a"));
    }

    @Test
    void parksAReportWithoutOurIdUntilTheBind() {
        ExecutionReport anonymous = report("a", new Reached(Progress.RINGING), false);
        engine.provider.whileDialing =
                () -> assertThat(engine.webhook(anonymous)).isEqualTo(Recorded.PARKED);

        engine.dialed(aCall("a"));

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.RINGING);
        assertThat(engine.stores.engine().parked().of(execution("x-a"))).isEmpty();
    }

    @Test
    void settlesACallWhoseAnswerWasLost() {
        engine.provider.dials.add(new DialResult.Unknown("time-out"));
        engine.dialed(aCall("a"));

        engine.webhook(report("a", Progress.ANSWERED));

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.IN_PROGRESS);
    }

    @Test
    void knowsNoCallOfAnUnknownId() {
        assertThat(engine.webhook(report("nobody", Progress.RINGING)))
                .isEqualTo(Recorded.UNKNOWN_CALL);
        assertThat(engine.webhook(report("nobody", new Reached(Progress.RINGING), false)))
                .isEqualTo(Recorded.UNKNOWN_CALL);
    }

    @Test
    void endsAsAVoicemailWhenItHeardOfTheMachineBefore() {
        engine.dialed(aCall("a"));
        engine.webhook(report("a", Progress.ANSWERED));

        engine.webhook(machine("a"));
        assertThat(engine.webhook(machine("a"))).isEqualTo(Recorded.NOTHING_NEW);
        engine.webhook(report("a", new Outcome.Completed()));

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.VOICEMAIL);
        assertThat(engine.timeline("a"))
                .containsExactly(
                        "accepted", "reserved", "bound", "answered", "facts_added", "ended");
    }

    @Test
    void learnsOfTheMachineBeforeTheCallIsBound() {
        engine.provider.whileDialing = () -> engine.webhook(machine("a"));

        engine.dialed(aCall("a"));
        engine.webhook(report("a", new Outcome.Completed()));

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.VOICEMAIL);
    }

    @Test
    void leavesAnEndedCallWhatItIsWhenTheMachineIsToldLate() {
        engine.dialed(aCall("a"));
        engine.webhook(report("a", new Outcome.Completed()));

        engine.webhook(machine("a"));

        EndedCall ended = (EndedCall) engine.call("a");
        assertThat(ended.status()).isEqualTo(CallStatus.COMPLETED);
        assertThat(ended.facts().answeredBy()).isEqualTo("machine_start");
    }

    private static ExecutionReport machine(String call) {
        return new ExecutionReport(
                execution("x-" + call),
                new Echo(key(call), 1),
                new Reached(Progress.ANSWERED),
                new CallFacts(null, null, "machine_start", null, null, null));
    }

    @Test
    void ignoresReportsOfAnotherAttempt() {
        engine.dialed(aCall("a"));
        ExecutionReport other =
                new ExecutionReport(
                        execution("x-a"),
                        new Echo(key("a"), 2),
                        new Over(new Outcome.Busy()),
                        CallFacts.NONE);

        assertThat(engine.webhook(other)).isEqualTo(Recorded.NOTHING_NEW);
        assertThat(engine.call("a").status()).isEqualTo(CallStatus.DIALING);
    }

    @Test
    void ignoresReportsOfAProviderThatDoesNotDialTheCall() {
        engine.dialed(aCall("a"));
        ExecutionReport foreign =
                new ExecutionReport(
                        new ExecutionId(new ProviderName("other"), "x-a"),
                        new Echo(key("a"), 1),
                        new Over(new Outcome.Busy()),
                        CallFacts.NONE);

        assertThat(engine.webhook(foreign)).isEqualTo(Recorded.NOTHING_NEW);
        assertThat(engine.call("a").status()).isEqualTo(CallStatus.DIALING);
    }

    @Test
    void bindsNothingToAnExecutionThatNobodyConfirms() {
        engine.provider.confirmEnds = true;
        engine.provider.dials.add(new DialResult.Unknown("answer lost"));
        engine.dialed(aCall("a"));

        assertThat(engine.webhook(report("a", new Outcome.Completed())))
                .isEqualTo(Recorded.TO_BE_CONFIRMED);
        assertThat(engine.webhook(report("a", Progress.RINGING)))
                .isEqualTo(Recorded.TO_BE_CONFIRMED);
        engine.provider.executions.put(execution("x-a"), new Lookup.Absent());
        assertThat(engine.webhook(report("a", Progress.RINGING))).isEqualTo(Recorded.NOTHING_NEW);
        assertThat(engine.call("a").status()).isEqualTo(CallStatus.DIAL_UNKNOWN);

        engine.provider.executions.put(
                execution("x-a"), new Lookup.Found(report("a", Progress.ANSWERED)));
        assertThat(engine.webhook(report("a", Progress.RINGING))).isEqualTo(Recorded.BOUND);
        assertThat(engine.call("a").status()).isEqualTo(CallStatus.IN_PROGRESS);
    }

    @Test
    void believesAnUnsignedEndOnlyWhenTheProviderConfirmsIt() {
        engine.provider.confirmEnds = true;
        engine.dialed(aCall("a"));
        engine.provider.executions.put(
                execution("x-a"), new Lookup.Found(report("a", Progress.ANSWERED)));

        engine.webhook(report("a", new Outcome.Completed()));
        assertThat(engine.call("a").status()).isEqualTo(CallStatus.IN_PROGRESS);

        engine.provider.executions.put(
                execution("x-a"), new Lookup.Found(report("a", new Outcome.Busy())));
        engine.webhook(report("a", new Outcome.Completed()));
        assertThat(engine.call("a").status()).isEqualTo(CallStatus.BUSY);
    }

    @Test
    void asksLaterWhenTheEndCannotBeConfirmedNow() {
        engine.provider.confirmEnds = true;
        engine.dialed(aCall("a"));

        assertThat(engine.webhook(report("a", new Outcome.Completed())))
                .isEqualTo(Recorded.TO_BE_CONFIRMED);
        assertThat(engine.call("a").status()).isEqualTo(CallStatus.IN_PROGRESS);

        engine.provider.executions.put(
                execution("x-a"), new Lookup.Found(report("a", new Outcome.Completed())));
        engine.pass(Duration.ofSeconds(60));
        engine.engine.reconcile().runOnce();
        assertThat(engine.call("a").status()).isEqualTo(CallStatus.COMPLETED);
    }

    @Test
    void freesTheSlotForTheNextCall() {
        engine.dialed(aCall("a"));
        engine.dialed(aCall("b"));
        engine.dialed(aCall("c"));
        assertThat(engine.provider.dialed).isEqualTo(List.of("a", "b"));

        engine.webhook(report("a", new Outcome.NoAnswer()));
        engine.dispatch();
        engine.dialAll();

        assertThat(engine.provider.dialed).isEqualTo(List.of("a", "b", "c"));
    }
}
