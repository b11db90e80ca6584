package linekeeper.application;

import static linekeeper.application.TestEngine.report;
import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.execution;
import static linekeeper.application.contract.TestCalls.key;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.AcceptCall.Replayed;
import linekeeper.application.CancelCall.Withdrawn;
import linekeeper.application.RecordProviderEvent.Recorded;
import linekeeper.application.port.DialResult;
import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.ExecutionReport.Echo;
import linekeeper.application.port.ExecutionReport.Over;
import linekeeper.application.port.Lookup;
import linekeeper.domain.AccountId;
import linekeeper.domain.CampaignId;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.RetryPolicy;
import linekeeper.domain.campaign.Campaign;
import linekeeper.domain.campaign.CampaignRetries;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;

/// Attempts that others follow, and what is heard of them late (B4, F3).
final class RetriesTest {
    private static final Duration AFTER_BUSY = Duration.ofMinutes(5);

    private final TestEngine engine = new TestEngine();

    @Test
    void triesABusyCallAgainInOneCommitWithItsEnd() {
        engine.dialed(aCall("a").attempts(2));

        engine.webhook(report("a", new Outcome.Busy()));

        QueuedCall waiting = (QueuedCall) engine.call("a");
        assertThat(waiting.attempt()).isEqualTo(2);
        assertThat(waiting.dueAt()).isEqualTo(engine.now.plus(AFTER_BUSY));
        assertThat(engine.stores.engine().slots().held(AccountId.DEFAULT, 9)).isEmpty();
        assertThat(engine.lastEvent("a").name()).isEqualTo("attempt_ended");
        assertThat(engine.lastEvent("a").detail())
                .isEqualTo(
                        Map.of(
                                "status", "busy",
                                "by", "provider",
                                "attempt", "1",
                                "execution_id", "x-a",
                                "next_attempt_at", waiting.dueAt().toString(),
                                "reason", "busy is tried again, attempt 2 of 2"));
    }

    @Test
    void endsWithTheLastOutcomeWhenTheBudgetIsSpent() {
        engine.dialed(aCall("a").attempts(2));
        engine.webhook(report("a", new Outcome.Busy()));
        engine.passAndDial(AFTER_BUSY);

        engine.webhook(report("a", 2, new Outcome.NoAnswer()));

        EndedCall ended = (EndedCall) engine.call("a");
        assertThat(ended.status()).isEqualTo(CallStatus.NO_ANSWER);
        assertThat(ended.attempt()).isEqualTo(2);
        assertThat(ended.execution()).isEqualTo(execution("x-a-2"));
        assertThat(engine.provider.dialed).containsExactly("a", "a");
    }

    @Test
    void saysWhyItWaits() {
        engine.dialed(aCall("a").attempts(2));
        engine.webhook(report("a", new Outcome.Busy()));

        Replayed again = (Replayed) engine.start(aCall("a").attempts(2));

        var reason = again.forecast().orElseThrow().reason();
        assertThat(reason.code()).isEqualTo("retry_scheduled");
        assertThat(reason.text()).isEqualTo("Attempt 2 of 2 at " + engine.now.plus(AFTER_BUSY));
    }

    @Test
    void forgetsHowOftenTheLastAttemptWasPutBack() {
        engine.provider.dials.add(new DialResult.NotSent("down"));
        engine.dialed(aCall("a").attempts(2));
        engine.passAndDial(Duration.ofSeconds(1));

        engine.webhook(report("a", new Outcome.Busy()));

        assertThat(((QueuedCall) engine.call("a")).deferrals()).isZero();
    }

    @Test
    void triesOnceUnlessAskedForMore() {
        engine.dialed(aCall("a"));

        engine.webhook(report("a", new Outcome.Busy()));

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.BUSY);
    }

    @Test
    void takesARefusalForFinalAndALostDialForNot() {
        engine.provider.dials.add(
                new DialResult.Refused(new Failure("BOLNA_REJECTED", "bad number"), false));
        engine.dialed(aCall("refused").attempts(3));
        engine.provider.dials.add(new DialResult.Unknown("time-out"));
        engine.dialed(aCall("lost").attempts(3));
        engine.pass(Duration.ofSeconds(60));

        engine.engine.reconcile().runOnce();

        assertThat(engine.call("refused").status()).isEqualTo(CallStatus.FAILED);
        assertThat(engine.call("lost")).isInstanceOf(QueuedCall.class);
        assertThat(engine.lastEvent("lost").detail())
                .containsEntry("error_code", Failure.DIAL_NOT_PLACED)
                .containsEntry("by", "reconciler")
                .doesNotContainKey("execution_id");
    }

    @Test
    void neverDialsAgainWhereThePersonMayHaveBeenCalled() {
        engine.provider.dials.add(new DialResult.Unknown("time-out"));
        engine.provider.found = new Lookup.Undecided("down");
        engine.dialed(aCall("a").attempts(3));
        engine.pass(Duration.ofMinutes(10));

        engine.engine.reconcile().runOnce();

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.FAILED);
        engine.dialed(aCall("b").attempts(3));
        engine.engine.releaseSlot().release(key("b"));
        assertThat(engine.call("b").status()).isEqualTo(CallStatus.FAILED);
    }

    @Test
    void makesNoAttemptAfterTheCallExpired() {
        engine.dialed(aCall("a").attempts(3).expiringAt(engine.now.plus(AFTER_BUSY)));

        engine.webhook(report("a", new Outcome.Busy()));

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.BUSY);
    }

    @Test
    void goesByItsCampaignsRules() {
        Duration soon = Duration.ofSeconds(7);
        RetryPolicy policy =
                new RetryPolicy(Map.of(CallStatus.VOICEMAIL, RetryPolicy.doubling(soon)));
        engine.stores
                .campaigns()
                .put(
                        AccountId.DEFAULT,
                        new Campaign(
                                new CampaignId("autumn"),
                                null,
                                null,
                                null,
                                null,
                                new CampaignRetries(2, policy)),
                        engine.now);
        engine.dialed(aCall("a").ofCampaign("autumn").attempts(null));
        engine.dialed(aCall("b").ofCampaign("autumn").attempts(null));

        engine.webhook(report("a", new Outcome.Voicemail()));
        engine.webhook(report("b", new Outcome.Busy()));

        assertThat(((QueuedCall) engine.call("a")).dueAt()).isEqualTo(engine.now.plus(soon));
        assertThat(engine.call("b").status()).isEqualTo(CallStatus.BUSY);
    }

    @Test
    void canBeCancelledBetweenTwoAttempts() {
        engine.dialed(aCall("a").attempts(3));
        engine.webhook(report("a", new Outcome.Busy()));

        assertThat(engine.engine.cancelCall().cancel(key("a"))).isInstanceOf(Withdrawn.class);
        engine.passAndDial(Duration.ofHours(1));

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.CANCELLED);
        assertThat(engine.provider.dialed).containsExactly("a");
    }

    @Test
    void lateReportsOfAnEarlierAttemptDisturbNothing() {
        inSecondAttempt();
        ActiveCall before = (ActiveCall) engine.call("a");

        for (int i = 0; i < 3; i++) {
            assertThat(engine.webhook(report("a", new Outcome.Completed())))
                    .isEqualTo(Recorded.EARLIER_ATTEMPT);
            assertThat(engine.webhook(report("a", new Over(new Outcome.Completed()), false)))
                    .isEqualTo(Recorded.EARLIER_ATTEMPT);
        }

        assertThat(engine.call("a")).isEqualTo(before);
        assertThat(engine.timeline("a")).endsWith("attempt_ended", "reserved", "bound");
    }

    @Test
    void anAnonymousReportOfAnEarlierAttemptDoesNotBindTheNext() {
        engine.dialed(aCall("a").attempts(2));
        engine.webhook(report("a", new Outcome.Busy()));
        engine.pass(AFTER_BUSY);
        engine.provider.whileDialing =
                () ->
                        assertThat(engine.webhook(report("a", new Over(new Outcome.Busy()), false)))
                                .isEqualTo(Recorded.EARLIER_ATTEMPT);
        engine.dispatch();
        engine.dialAll();

        assertThat(((ActiveCall) engine.call("a")).execution()).isEqualTo(execution("x-a-2"));
    }

    @Test
    void keepsFactsThatAreToldLateOfAnEarlierAttemptOnce() {
        inSecondAttempt();
        CallFacts cost = new CallFacts(null, null, null, null, new BigDecimal("0.3"), null);
        ExecutionReport late =
                new ExecutionReport(
                        execution("x-a"),
                        new Echo(key("a"), 1),
                        new Over(new Outcome.Busy()),
                        cost);

        engine.webhook(late);
        engine.webhook(late);

        assertThat(engine.timeline("a"))
                .endsWith("reserved", "bound", "earlier_attempt_report")
                .containsOnlyOnce("earlier_attempt_report");
    }

    @Test
    void anOperatorCannotReleaseASlotByTheExecutionOfAnEarlierAttempt() {
        inSecondAttempt();

        assertThat(engine.engine.releaseSlot().release(AccountId.DEFAULT, execution("x-a")))
                .isEmpty();
        assertThat(engine.call("a")).isInstanceOf(ActiveCall.class);
    }

    @Test
    void aDialsAnswerThatComesAfterItsAttemptWasJudgedIsKeptWithIt() {
        engine.provider.whileDialing =
                () -> {
                    engine.provider.whileDialing = () -> {};
                    engine.webhook(report("a", new Outcome.Busy()));
                };

        engine.dialed(aCall("a").attempts(2));

        assertThat(engine.call("a")).isInstanceOf(QueuedCall.class);
        assertThat(engine.timeline("a")).endsWith("bound", "attempt_ended");
    }

    private void inSecondAttempt() {
        engine.dialed(aCall("a").attempts(2));
        engine.webhook(report("a", new Outcome.Busy()));
        engine.passAndDial(AFTER_BUSY);
    }
}
