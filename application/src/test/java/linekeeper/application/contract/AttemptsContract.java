package linekeeper.application.contract;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.PROVIDER;
import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.execution;
import static linekeeper.application.contract.TestCalls.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import linekeeper.application.port.Calls.LateReport;
import linekeeper.application.port.Calls.Recorded;
import linekeeper.application.port.Change;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.ExecutionReport.Echo;
import linekeeper.application.port.HoldingTimes;
import linekeeper.application.port.Intake.Candidate;
import linekeeper.application.port.Slots.EveryAccount;
import linekeeper.application.port.Slots.Overdue;
import linekeeper.domain.AccountId;
import linekeeper.domain.AgentId;
import linekeeper.domain.CampaignId;
import linekeeper.domain.ConversationId;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.CallType;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.RetryPolicy;
import linekeeper.domain.call.TimelineEvent;
import linekeeper.domain.campaign.Campaign;
import linekeeper.domain.campaign.CampaignRetries;
import linekeeper.domain.queue.Backoff;
import linekeeper.domain.queue.HoldingTime;
import linekeeper.domain.queue.Inflow;
import linekeeper.domain.queue.Inflow.Kind;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Attempts that others follow, wishes to end a live call, and the campaigns' rules (B4, F3, H5).
public abstract class AttemptsContract extends StoresContract {
    private static final Instant LATER = NOW.plusSeconds(300);
    private static final CallFacts FACTS =
            new CallFacts(
                    new ConversationId("conv-1"),
                    NOW.plusSeconds(4),
                    "machine",
                    new BigDecimal("12.5"),
                    null,
                    null);
    private static final RetryPolicy POLICY =
            new RetryPolicy(
                    Map.of(
                            CallStatus.BUSY,
                            new Backoff(Duration.ofSeconds(90), Duration.ofHours(1)),
                            CallStatus.VOICEMAIL,
                            new Backoff(Duration.ofMillis(1500), Duration.ofDays(2))));
    private static final CampaignId AUTUMN = new CampaignId("autumn");

    @Test
    void queuesACallForItsNextAttempt() {
        ActiveCall first = bind(reserved(aCall("a").attempts(3)), "exec-1");

        QueuedCall waiting = again(first, new Outcome.Voicemail(), FACTS, LATER);

        assertThat(found("a")).contains(waiting);
        assertThat(waiting.attempt()).isEqualTo(2);
        assertThat(stores.engine().slots().held(AccountId.DEFAULT, 10)).isEmpty();
        assertThat(claim(NOW)).isEmpty();
        ReservedCall second = claim(LATER).getFirst();
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(second.slot().lease()).isNotEqualTo(first.slot().lease());
        assertThat(found("a")).contains(second);
    }

    /// The prior is worth five; attempts that took no time at all are seen beside it (G1).
    @Test
    void learnsHoldingTimesFromEveryAttempt() {
        again(bind(reserved(aCall("a")), "exec-1"), new Outcome.Busy(), CallFacts.NONE, NOW);
        end(bind(claim(NOW).getFirst(), "exec-2"));

        HoldingTime held = stores.engine().holdingTimes().of(AccountId.DEFAULT);
        assertThat(held.observations()).isEqualTo(7);
        assertThat(held.meanSeconds()).isCloseTo(60.0 * 5 / 7, within(1e-6));
    }

    @Test
    void countsHowFastCallsOfEachRankCome() {
        reserved(aCall("a"));
        reserved(aCall("b"));
        admitted(aCall("c").ofCampaign("autumn"));
        HoldingTimes seen = stores.engine().holdingTimes();
        Instant next = NOW.plus(Inflow.STRETCH);
        Kind campaign = new Kind(CallType.CAMPAIGN, 0);
        double calls = 2.0 / Inflow.STRETCH.toSeconds();

        assertThat(seen.inflow(AccountId.DEFAULT, NOW)).isEqualTo(Inflow.NONE);
        Inflow one = seen.inflow(AccountId.DEFAULT, next);
        assertThat(one.overtaking(campaign).perSecond()).isCloseTo(calls, within(1e-9));
        assertThat(one.overtaking(new Kind(CallType.DIRECT, 100))).isEqualTo(Inflow.Rate.NONE);
        assertThat(one.stretches()).hasSize(1);
        assertThat(seen.inflow(AccountId.DEFAULT, next.plus(Inflow.STRETCH)).stretches())
                .hasSize(2);
        assertThat(seen.inflow(AccountId.DEFAULT, NOW.plus(Duration.ofHours(1))))
                .isEqualTo(Inflow.NONE);
    }

    @Test
    void findsTheCallOfAnEarlierAttempt() {
        again(bind(reserved(aCall("a")), "exec-1"), new Outcome.Busy(), CallFacts.NONE, NOW);
        bind(claim(NOW).getFirst(), "exec-2");

        assertThat(calls().keyOf(execution("exec-1"))).isEmpty();
        assertThat(calls().earlierAttempt(execution("exec-1"))).contains(new Echo(key("a"), 1));
        assertThat(calls().keyOf(execution("exec-2"))).contains(key("a"));
        assertThat(calls().earlierAttempt(execution("exec-2"))).isEmpty();
    }

    @Test
    void keepsWhatIsHeardLateOfAnEarlierAttemptOnce() {
        again(bind(reserved(aCall("a")), "exec-1"), new Outcome.Voicemail(), FACTS, NOW);
        CallFacts cost = new CallFacts(null, null, null, null, new BigDecimal("8.40"), null);

        assertThat(amend(1, "exec-1", FACTS)).isFalse();
        assertThat(amend(1, "exec-1", cost)).isTrue();
        assertThat(amend(1, "exec-1", cost)).isFalse();
        assertThat(amend(1, "exec-9", cost)).isFalse();
        assertThat(amend(2, "exec-1", cost)).isFalse();

        Recorded last = calls().timeline(key("a"), 0, 100).getLast();
        assertThat(last.sequence()).isEqualTo(5);
        assertThat(last.event())
                .isEqualTo(
                        TimelineEvent.of(
                                NOW,
                                "earlier_attempt_report",
                                Map.of("attempt", "1", "execution_id", "exec-1", "cost", "8.40")));
    }

    @Test
    void learnsLateThatAnEarlierAttemptWasDialedAfterAll() {
        Outcome absent = new Outcome.Failed(new Failure(Failure.DIAL_NOT_PLACED, "no such call"));
        again(reserved(aCall("a")), absent, CallFacts.NONE, NOW);

        assertThat(amend(1, "exec-1", CallFacts.NONE)).isTrue();
        assertThat(amend(1, "exec-1", CallFacts.NONE)).isFalse();

        assertThat(calls().earlierAttempt(execution("exec-1"))).contains(new Echo(key("a"), 1));
        assertThat(calls().earlierAttempt(new ExecutionId(new ProviderName("other"), "exec-1")))
                .isEmpty();
    }

    @Test
    void keepsEveryAttemptUpToTheLast() {
        ReservedCall call = reserved(aCall("a").attempts(4));
        for (int attempt = 1; attempt <= 3; attempt++) {
            again(bind(call, "exec-" + attempt), new Outcome.NoAnswer(), CallFacts.NONE, NOW);
            call = claim(NOW).getFirst();
        }
        end(bind(call, "exec-4"));

        assertThat(found("a").orElseThrow().attempt()).isEqualTo(4);
        assertThat(calls().keyOf(execution("exec-4"))).contains(key("a"));
        assertThat(calls().earlierAttempt(execution("exec-2"))).contains(new Echo(key("a"), 2));
    }

    @Test
    void keepsTheWishThatALiveCallMayEnd() {
        ReservedCall reserved = reserved(aCall("a"));
        LiveCall wished = reserved.cancelWished(NOW.plusSeconds(1));
        change(reserved, wished, "cancel_requested");
        assertThat(found("a")).contains(wished);

        ActiveCall bound = bind((ReservedCall) wished, "exec-1");
        assertThat(bound.slot().hangUpPending()).isTrue();
        assertThat(found("a")).contains(bound);

        LiveCall answered = bound.cancelAnswered();
        change(bound, answered, "hanging_up");
        assertThat(answered.slot().hangUpPending()).isFalse();
        assertThat(found("a")).contains(answered);
    }

    @Test
    void takesBoundSlotsWhoseWishTheProviderHasNotAnswered() {
        ActiveCall bound = bind(reserved(aCall("a")), "exec-1");
        LiveCall wished = bound.cancelWished(NOW);
        change(bound, wished, "cancel_requested");
        Overdue early = overdue(NOW.minusSeconds(1), NOW);
        Overdue due = overdue(NOW, NOW.plusSeconds(15));

        assertThat(take(early)).isEmpty();
        assertThat(take(due)).containsExactly(wished);
        assertThat(take(due)).isEmpty();
        change(wished, wished.cancelAnswered(), "hanging_up");
        assertThat(take(overdue(NOW, NOW.plusSeconds(60)))).isEmpty();
    }

    @Test
    void givesASlotTheRulesOfItsCampaign() {
        put(new CampaignRetries(null, POLICY));
        ReservedCall call = reserved(aCall("a").ofCampaign("autumn"));
        assertThat(call.slot().retries()).isEqualTo(POLICY);
        put(CampaignRetries.NONE);

        assertThat(found("a")).contains(call);
        assertThat(reserved(aCall("b").ofCampaign("autumn")).slot().retries()).isNull();
    }

    @Test
    void givesACallAsManyAttemptsAsItOrItsCampaignSays() {
        put(new CampaignRetries(4, null));
        reserved(aCall("open").ofCampaign("autumn").attempts(null));
        reserved(aCall("own").ofCampaign("autumn").attempts(2));
        stores.engine().intake().admit(waiting(aCall("other").ofCampaign("b").attempts(null)));
        put(CampaignRetries.NONE);

        assertThat(attempts("open")).isEqualTo(4);
        assertThat(attempts("own")).isEqualTo(2);
        assertThat(attempts("other")).isEqualTo(1);
        assertThat(found("open").orElseThrow().accepted().request())
                .isEqualTo(aCall("open").ofCampaign("autumn").attempts(null).build());
        assertThat(found("own").orElseThrow().accepted().request())
                .isEqualTo(aCall("own").ofCampaign("autumn").attempts(2).build());
    }

    @Test
    void dialsOverItsCampaignsAgentUnlessItNamesOne() {
        AgentId agent = new AgentId("autumn-voice");
        Campaign campaign = new Campaign(AUTUMN, null, agent, null, null, CampaignRetries.NONE);
        stores.campaigns().put(AccountId.DEFAULT, campaign, NOW);

        ReservedCall call = reserved(aCall("a").ofCampaign("autumn"));

        assertThat(call.accepted().line().agent()).isEqualTo("autumn-voice");
        assertThat(call.accepted().request().routing().agent()).isNull();
        assertThat(found("a")).contains(call);
    }

    @Test
    void refusesANextAttemptThatDoesNotTellHowTheLastOneEnded() {
        ReservedCall call = reserved(aCall("a"));

        assertThatThrownBy(() -> change(call, call.again(NOW), "attempt_ended"))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(
                        () ->
                                calls().change(
                                                call.key(),
                                                current ->
                                                        Change.again(
                                                                call.end(
                                                                        new Outcome.Busy(),
                                                                        CallFacts.NONE,
                                                                        NOW),
                                                                call.requeue(Duration.ZERO, NOW),
                                                                TimelineEvent.of(NOW, "wrong"),
                                                                true)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(found("a")).contains(call);
    }

    @Test
    void keepsCampaigns() {
        Campaign full =
                new Campaign(
                        AUTUMN,
                        "Autumn ‘25",
                        new AgentId("agent-1"),
                        7,
                        new BigDecimal("0.5"),
                        new CampaignRetries(3, POLICY));

        assertThat(stores.campaigns().put(AccountId.DEFAULT, full, NOW)).isTrue();
        assertThat(stores.campaigns().put(new AccountId("nobody"), full, NOW)).isFalse();
        assertThat(campaign("autumn")).isEqualTo(full);
        stores.campaigns().put(AccountId.DEFAULT, Campaign.named(AUTUMN), NOW);
        assertThat(campaign("autumn")).isEqualTo(Campaign.named(AUTUMN));
        assertThat(campaign("winter")).isNull();
    }

    @Test
    void listsCampaignsInTheOrderOfTheirIds() {
        reserved(aCall("a").ofCampaign("b-made-by-a-call"));
        for (String id : List.of("c", "a", "Z")) {
            stores.campaigns().put(AccountId.DEFAULT, Campaign.named(new CampaignId(id)), NOW);
        }

        assertThat(listed("", 10)).containsExactly("Z", "a", "b-made-by-a-call", "c");
        assertThat(listed("a", 1)).containsExactly("b-made-by-a-call");
    }

    @Test
    void countsACampaignsCallsByStatus() {
        end(reserved(aCall("done").ofCampaign("autumn")));
        reserved(aCall("live").ofCampaign("autumn"));
        reserved(aCall("other"));
        admitted(aCall("w1").ofCampaign("autumn"));
        admitted(aCall("w2").ofCampaign("autumn"));

        assertThat(stores.campaigns().counts(AccountId.DEFAULT, AUTUMN))
                .isEqualTo(
                        Map.of(
                                CallStatus.COMPLETED, 1,
                                CallStatus.DIALING, 1,
                                CallStatus.QUEUED, 2));
        assertThat(stores.campaigns().counts(AccountId.DEFAULT, new CampaignId("x"))).isEmpty();
    }

    private List<ReservedCall> claim(Instant now) {
        return stores.engine()
                .slots()
                .claim(new EveryAccount(), ClaimTerms.of(10, () -> now))
                .calls();
    }

    private boolean amend(int attempt, String execution, CallFacts facts) {
        return calls().amendEarlier(
                        new LateReport(key("a"), attempt, execution(execution), facts, NOW));
    }

    private linekeeper.application.port.Calls calls() {
        return stores.engine().calls();
    }

    private static Overdue overdue(Instant wishedSince, Instant now) {
        return new Overdue(NOW.minusSeconds(1), NOW.minusSeconds(1), wishedSince, now);
    }

    private List<LiveCall> take(Overdue overdue) {
        return stores.engine().slots().takeUnsettled(overdue, overdue.now().plusSeconds(15), 10);
    }

    private void put(CampaignRetries retries) {
        Campaign campaign = new Campaign(AUTUMN, null, null, null, null, retries);
        stores.campaigns().put(AccountId.DEFAULT, campaign, NOW);
    }

    private static Candidate waiting(TestCalls call) {
        return new Candidate(call.build(), PROVIDER, NOW, null);
    }

    private int attempts(String id) {
        return found(id).orElseThrow().accepted().maxAttempts();
    }

    private @Nullable Campaign campaign(String id) {
        return stores.campaigns().find(AccountId.DEFAULT, new CampaignId(id)).orElse(null);
    }

    private List<String> listed(String after, int most) {
        return stores.campaigns().list(AccountId.DEFAULT, after, most).stream()
                .map(campaign -> campaign.id().value())
                .toList();
    }
}
