package linekeeper.application;

import static linekeeper.application.contract.TestCalls.PROVIDER;
import static linekeeper.application.contract.TestCalls.aCall;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.DialResult;
import linekeeper.application.port.Intake.Candidate;
import linekeeper.application.port.StoreUnavailable;
import linekeeper.domain.AccountId;
import linekeeper.domain.AgentId;
import linekeeper.domain.CampaignId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Limits;
import linekeeper.domain.agent.Agent;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.campaign.Campaign;
import linekeeper.domain.campaign.CampaignRetries;
import linekeeper.domain.provider.CircuitBreaker;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/// A second provider takes over only what the first one certainly did not dial (H1, H6).
final class FailoverTest {
    private static final ProviderName SPARE = new ProviderName("spare");
    private static final DialResult NOT_SENT = new DialResult.NotSent("connection refused");

    private final TestEngine engine = new TestEngine(Limits.of(100, 50), store -> store);

    @BeforeEach
    void twoWays() {
        agent("standby", SPARE, List.of());
        agent("main", PROVIDER, List.of(new AgentId("standby")));
    }

    @Test
    void hasTheSecondProviderDialOnceIfTheFirstCannotBeReached() {
        engine.provider.always = NOT_SENT;

        engine.dialed(aCall("a").by("main"));
        go();

        assertThat(engine.provider.dialed).containsExactly("a");
        assertThat(engine.spare.dialed).containsExactly("a");
        assertThat(engine.call("a"))
                .isInstanceOfSatisfying(
                        ActiveCall.class,
                        call -> {
                            assertThat(call.accepted().provider()).isEqualTo(SPARE);
                            assertThat(call.accepted().line().agent()).isEqualTo("standby-there");
                        });
        assertThat(engine.timeline("a"))
                .containsExactly("accepted", "reserved", "rerouted", "reserved", "bound");
    }

    @Test
    void neverHasTheSecondProviderDialWhatTheFirstMayHaveDialed() {
        engine.provider.always = new DialResult.Unknown("time-out");

        for (int i = 0; i < 9; i++) {
            engine.dialed(aCall("c" + i).by("main"));
        }
        for (int i = 0; i < 40; i++) {
            engine.pass(Duration.ofSeconds(1));
            go();
        }

        assertThat(engine.provider.dialed).doesNotHaveDuplicates();
        assertThat(engine.spare.dialed).doesNotContainAnyElementsOf(engine.provider.dialed);
    }

    @Test
    void movesOnAfterARefusalForNowAndFailsAfterOneForGood() {
        engine.provider.dials.add(
                new DialResult.Refused(new Failure("RATE_LIMITED", "slow down"), true));
        engine.provider.dials.add(
                new DialResult.Refused(new Failure("NO_SUCH_AGENT", "no"), false));

        engine.dialed(aCall("busy").by("main"));
        go();
        engine.dialed(aCall("wrong").by("main"));
        go();

        assertThat(engine.spare.dialed).containsExactly("busy");
        assertThat(engine.call("wrong")).isInstanceOf(EndedCall.class);
    }

    @Test
    void waitsOnlyWhenEveryWayWasTriedAndBeginsWithTheFirstAgain() {
        engine.provider.always = NOT_SENT;
        engine.spare.always = NOT_SENT;

        engine.dialed(aCall("a").by("main"));
        go();

        QueuedCall waiting = (QueuedCall) engine.call("a");
        assertThat(waiting.accepted().provider()).isEqualTo(PROVIDER);
        assertThat(waiting.dueAt()).isEqualTo(engine.now.plusSeconds(1));
        engine.pass(Duration.ofSeconds(1));
        go();
        assertThat(((QueuedCall) engine.call("a")).dueAt()).isEqualTo(engine.now.plusSeconds(2));
        assertThat(engine.provider.dialed).containsExactly("a", "a");
        assertThat(engine.spare.dialed).containsExactly("a", "a");
    }

    @Test
    void movesCallsThatWaitForAFailingProvider() {
        breakTheFirst();

        engine.dialed(aCall("alone"));
        engine.dialed(aCall("a").by("main"));
        assertThat(engine.call("a").status()).isEqualTo(CallStatus.QUEUED);
        assertThat(engine.engine.rerouteWaiting().runOnce()).isEqualTo(1);
        go();

        assertThat(engine.spare.dialed).containsExactly("a");
        assertThat(engine.call("alone").status()).isEqualTo(CallStatus.QUEUED);
        assertThat(engine.timeline("a"))
                .containsExactly("accepted", "rerouted", "reserved", "bound");
    }

    @Test
    void goesByTheStandInsOfTheCampaignsAgentToo() {
        campaign("main");
        engine.provider.always = NOT_SENT;

        engine.dialed(aCall("a").ofCampaign("autumn"));
        go();

        assertThat(engine.provider.dialed).containsExactly("a");
        assertThat(engine.spare.dialed).containsExactly("a");
        assertThat(((ActiveCall) engine.call("a")).accepted().line().agent())
                .isEqualTo("standby-there");
    }

    @Test
    void movesACampaignsCallsThatWaitForAFailingProvider() {
        campaign("main");
        breakTheFirst();

        engine.dialed(aCall("a").ofCampaign("autumn"));
        assertThat(engine.engine.rerouteWaiting().runOnce()).isEqualTo(1);
        go();

        assertThat(engine.spare.dialed).containsExactly("a");
    }

    @Test
    void movesWaitingCallsToWhereTheirCampaignsAgentIsNow() {
        campaign("main");
        for (int i = 0; i < 50; i++) {
            engine.start(aCall("full" + i));
        }
        engine.start(aCall("a").ofCampaign("autumn"));
        assertThat(provider("a")).isEqualTo(PROVIDER);

        campaign("standby");
        engine.engine.rerouteWaiting().agentsChanged(AccountId.DEFAULT);

        assertThat(engine.engine.rerouteWaiting().runOnce()).isEqualTo(1);
        assertThat(provider("a")).isEqualTo(SPARE);
        assertThat(engine.timeline("a")).containsExactly("accepted", "rerouted");
        assertThat(engine.engine.rerouteWaiting().runOnce()).isZero();
    }

    @Test
    void movesWaitingCallsWhenTheirAgentItselfIsChanged() {
        for (int i = 0; i < 50; i++) {
            engine.start(aCall("full" + i));
        }
        engine.start(aCall("a").by("main"));

        agent("main", SPARE, List.of());

        assertThat(engine.engine.rerouteWaiting().runOnce()).isEqualTo(1);
        assertThat(provider("a")).isEqualTo(SPARE);
    }

    /// The slot came before anybody looked after the calls that wait.
    @Test
    void neverHasTheOldProviderDialWithAnIdThatIsNotIts() {
        campaign("main");
        engine.stores
                .engine()
                .intake()
                .admit(
                        new Candidate(
                                aCall("a").ofCampaign("autumn").build(),
                                PROVIDER,
                                engine.now,
                                null));
        campaign("standby");

        engine.dispatch();
        engine.dialAll();
        engine.dispatch();
        engine.dialAll();

        assertThat(engine.provider.dialed).isEmpty();
        assertThat(engine.spare.dialed).containsExactly("a");
        assertThat(engine.timeline("a"))
                .containsExactly("accepted", "reserved", "rerouted", "reserved", "bound");
    }

    private ProviderName provider(String id) {
        return engine.call(id).accepted().provider();
    }

    private void campaign(String agent) {
        CampaignId id = new CampaignId("autumn");
        Campaign campaign =
                new Campaign(id, null, new AgentId(agent), null, null, CampaignRetries.NONE);
        engine.stores.campaigns().put(AccountId.DEFAULT, campaign, engine.now);
    }

    @Test
    void movesNothingWhileEveryWayFails() {
        breakTheFirst();
        engine.spare.always = NOT_SENT;
        agent("other", SPARE, List.of());
        for (int i = 0; i < CircuitBreaker.FAILURES_TO_OPEN; i++) {
            engine.dialed(aCall("s" + i).by("other"));
        }

        engine.start(aCall("a").by("main"));

        assertThat(engine.engine.rerouteWaiting().runOnce()).isZero();
        assertThat(engine.timeline("a")).containsExactly("accepted");
    }

    /// The agents are asked before the result is stored; without them it is stored later.
    @Test
    void settlesLaterIfTheAgentsCannotBeRead() {
        AgentsThatFail agents = new AgentsThatFail();
        TestEngine failing = new TestEngine(Limits.of(10, 2), agents::in);
        failing.provider.always = NOT_SENT;
        failing.start(aCall("a").by("main"));
        agents.down = true;

        failing.dialAll();
        assertThat(failing.call("a").status()).isEqualTo(CallStatus.DIALING);
        agents.down = false;
        failing.engine.unsettledDials().runOnce();

        assertThat(failing.call("a").status()).isEqualTo(CallStatus.QUEUED);
        assertThat(failing.provider.dialed).containsExactly("a");
    }

    private void breakTheFirst() {
        engine.provider.always = NOT_SENT;
        for (int i = 0; i < CircuitBreaker.FAILURES_TO_OPEN; i++) {
            engine.dialed(aCall("broken" + i));
        }
    }

    private void go() {
        for (int i = 0; i < 3; i++) {
            engine.engine.rerouteWaiting().runOnce();
            engine.dispatch();
            engine.dialAll();
        }
    }

    private void agent(String id, ProviderName provider, List<AgentId> failover) {
        Agent agent =
                new Agent(new AgentId(id), provider, id + "-there", List.of(), null, failover);
        engine.engine.keepAgents().put(AccountId.DEFAULT, agent);
    }

    /// Agents in a store that can be down.
    private static final class AgentsThatFail extends NoAgents {
        boolean down;

        CallEngine.Store in(CallEngine.Store store) {
            return store.withAgents(this);
        }

        @Override
        void check() {
            if (down) {
                throw new StoreUnavailable("down");
            }
        }
    }
}
