package linekeeper.application.contract;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.PROVIDER;
import static linekeeper.application.contract.TestCalls.aCall;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.Agents;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Intake.Candidate;
import linekeeper.application.port.ProviderRoom;
import linekeeper.application.port.Slots.Claim;
import linekeeper.application.port.Slots.EveryAccount;
import linekeeper.domain.AccountId;
import linekeeper.domain.AgentId;
import linekeeper.domain.CallKey;
import linekeeper.domain.CampaignId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Limits;
import linekeeper.domain.agent.Agent;
import linekeeper.domain.agent.Route;
import linekeeper.domain.call.Line;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.campaign.Campaign;
import linekeeper.domain.campaign.CampaignRetries;
import linekeeper.domain.queue.Rate;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who dials, over which line, how fast (C8, F4, F6).
public abstract class RoutingContract extends StoresContract {
    private static final ProviderName SPARE = new ProviderName("spare");
    private static final List<PhoneNumber> POOL =
            List.of(
                    new PhoneNumber("+14155550101"),
                    new PhoneNumber("+14155550102"),
                    new PhoneNumber("+14155550103"));

    @Test
    void keepsAgentsOfTheirAccounts() {
        account("shop", 2);
        Agent sales = agent("sales", SPARE, List.of(new AgentId("standby")));
        Agent standby = agent("standby", PROVIDER, List.of());

        assertThat(agents().put(new AccountId("nobody"), sales)).isFalse();
        assertThat(agents().put(AccountId.DEFAULT, agent("sales", PROVIDER, List.of()))).isTrue();
        assertThat(agents().put(AccountId.DEFAULT, sales)).isTrue();
        assertThat(agents().put(AccountId.DEFAULT, standby)).isTrue();

        assertThat(agents().find(AccountId.DEFAULT, sales.id())).contains(sales);
        assertThat(agents().find(new AccountId("shop"), sales.id())).isEmpty();
        assertThat(agents().list(AccountId.DEFAULT, "", 10)).containsExactly(sales, standby);
        assertThat(agents().list(AccountId.DEFAULT, "sales", 10)).containsExactly(standby);
        assertThat(agents().list(AccountId.DEFAULT, "", 1)).containsExactly(sales);
        assertThat(agents().remove(AccountId.DEFAULT, standby.id())).isTrue();
        assertThat(agents().remove(AccountId.DEFAULT, standby.id())).isFalse();
    }

    @Test
    void knowsTheStandInsInTheirOrder() {
        Agent first = agent("m", PROVIDER, List.of(new AgentId("z"), new AgentId("a")));
        Agent z = agent("z", SPARE, List.of(new AgentId("m")));
        Agent a = agent("a", new ProviderName("third"), List.of());
        List.of(a, first, z).forEach(one -> agents().put(AccountId.DEFAULT, one));

        assertThat(route("m")).isEqualTo(new Route(List.of(first, z, a)));
        agents().remove(AccountId.DEFAULT, z.id());
        assertThat(route("m")).isEqualTo(new Route(List.of(first, a)));
        assertThat(route("nobody")).isEqualTo(Route.NONE);
    }

    @Test
    void hasTheAgentsProviderDialOverItsLine() {
        agents().put(AccountId.DEFAULT, agent("sales", SPARE, List.of()));

        ReservedCall call = reserved(aCall("a").by("sales"));

        assertThat(call.accepted().provider()).isEqualTo(SPARE);
        assertThat(call.accepted().line().agent()).isEqualTo("sales-at-spare");
        assertThat(call.accepted().line().phoneNumberId()).isEqualTo("phone-sales");
        assertThat(found("a")).contains(call);
    }

    @Test
    void passesAnUnknownAgentOnAsItIs() {
        ReservedCall call = reserved(aCall("a").by("their-own").from("+14155550177"));

        assertThat(call.accepted().provider()).isEqualTo(PROVIDER);
        assertThat(call.accepted().line())
                .isEqualTo(new Line("their-own", new PhoneNumber("+14155550177"), null));
        assertThat(found("a")).contains(call);
    }

    @Test
    void takesTurnsAmongTheNumbersOfThePool() {
        agents().put(AccountId.DEFAULT, agent("sales", PROVIDER, List.of()));
        stores.accounts().update(AccountId.DEFAULT, one -> one.withConcurrencyLimit(3));
        Set<PhoneNumber> shown = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            ReservedCall call = reserved(aCall("c" + i).by("sales"));
            PhoneNumber from = call.accepted().line().from();
            assertThat(from).isEqualTo(POOL.get((int) (call.slot().lease().value() % 3)));
            shown.add(from);
        }

        assertThat(shown).hasSize(3);
    }

    @Test
    void showsTheNumberThatTheCallAsksFor() {
        agents().put(AccountId.DEFAULT, agent("sales", PROVIDER, List.of()));

        ReservedCall call = reserved(aCall("a").by("sales").from("+14155550177"));

        assertThat(call.accepted().line().from()).isEqualTo(new PhoneNumber("+14155550177"));
    }

    /// Whoever looks for the call at its provider must look for what was dialed.
    @Test
    void keepsTheLineWhateverBecomesOfTheAgent() {
        agents().put(AccountId.DEFAULT, agent("sales", PROVIDER, List.of()));
        ReservedCall call = reserved(aCall("a").by("sales"));
        agents().remove(AccountId.DEFAULT, new AgentId("sales"));

        var bound = bind(call, "x");

        assertThat(found("a")).contains(bound);
        assertThat(bound.accepted().line()).isEqualTo(call.accepted().line());
        assertThat(found("a").orElseThrow().accepted()).isEqualTo(end(bound).accepted());
    }

    @Test
    void movesACallToAnotherProviderWithoutLosingItsPlace() {
        reserved(aCall("x"));
        reserved(aCall("y"));
        admitted(aCall("first"));
        admitted(aCall("second"));
        QueuedCall first = (QueuedCall) found("first").orElseThrow();

        change(first, first.reroute(SPARE), "rerouted");
        stores.accounts().update(AccountId.DEFAULT, one -> one.withConcurrencyLimit(4));

        List<ReservedCall> claimed = claim(NOW).calls();
        assertThat(ids(claimed)).containsExactly("first", "second");
        assertThat(claimed.getFirst().accepted().provider()).isEqualTo(SPARE);
    }

    @Test
    void dialsForAStandInOverTheStandInsLine() {
        agents().put(AccountId.DEFAULT, agent("main", PROVIDER, List.of(new AgentId("standby"))));
        agents().put(AccountId.DEFAULT, agent("standby", SPARE, List.of()));
        ReservedCall call = reserved(aCall("a").by("main"));
        QueuedCall moved = call.reroute(SPARE);

        change(call, moved, "rerouted");

        assertThat(found("a")).contains(moved);
        ReservedCall again = claim(NOW).calls().getFirst();
        assertThat(again.accepted().provider()).isEqualTo(SPARE);
        assertThat(again.accepted().line().agent()).isEqualTo("standby-at-spare");
        assertThat(found("a")).contains(again);
    }

    @Test
    void goesByTheAgentOfTheCampaignUnlessTheCallNamesOne() {
        Agent main = agent("main", PROVIDER, List.of(new AgentId("standby")));
        Agent standby = agent("standby", SPARE, List.of());
        List.of(standby, main).forEach(one -> agents().put(AccountId.DEFAULT, one));
        campaign("autumn", "main");

        assertThat(agents().route(aCall("a").ofCampaign("autumn").build()))
                .isEqualTo(new Route(List.of(main, standby)));
        assertThat(agents().route(aCall("a").ofCampaign("autumn").by("standby").build()))
                .isEqualTo(new Route(List.of(standby)));
        assertThat(agents().route(aCall("a").ofCampaign("winter").build())).isEqualTo(Route.NONE);
        assertThat(agents().route(aCall("a").build())).isEqualTo(Route.NONE);
    }

    @Test
    void findsDueCallsOfCampaignsThatAnotherProviderCanDial() {
        agents().put(AccountId.DEFAULT, agent("standby", SPARE, List.of()));
        agents().put(AccountId.DEFAULT, agent("main", PROVIDER, List.of(new AgentId("standby"))));
        campaign("autumn", "main");
        queued(aCall("a").ofCampaign("autumn"));
        queued(aCall("b").by("main"));
        queued(aCall("c").ofCampaign("winter"));
        queued(aCall("d").ofCampaign("autumn").notBefore(NOW.plusSeconds(1)));

        assertThat(stores.engine().queue().reroutable(Set.of(PROVIDER), Set.of(SPARE), NOW, 9))
                .containsExactlyInAnyOrder(TestCalls.key("a"), TestCalls.key("b"));
        assertThat(stores.engine().queue().reroutable(Set.of(PROVIDER), Set.of(), NOW, 9))
                .isEmpty();
    }

    @Test
    void findsWaitingCallsWhoseAgentWentElsewhereAndGivesThemNoLine() {
        agents().put(AccountId.DEFAULT, agent("main", PROVIDER, List.of()));
        agents().put(AccountId.DEFAULT, agent("other", SPARE, List.of()));
        campaign("autumn", "main");
        queued(aCall("a").ofCampaign("autumn"));
        queued(aCall("b").by("main"));
        queued(aCall("c").by("not-ours"));
        assertThat(astray()).isEmpty();

        agents().put(AccountId.DEFAULT, agent("main", SPARE, List.of()));
        assertThat(astray()).containsExactlyInAnyOrder(TestCalls.key("a"), TestCalls.key("b"));
        assertThat(stores.engine().queue().astray(AccountId.DEFAULT, 1)).hasSize(1);
        agents().put(AccountId.DEFAULT, agent("main", SPARE, List.of(new AgentId("back"))));
        agents().put(AccountId.DEFAULT, agent("back", PROVIDER, List.of()));
        assertThat(astray()).isEmpty();
        campaign("autumn", "other");
        assertThat(astray()).containsExactly(TestCalls.key("a"));

        stores.accounts().update(AccountId.DEFAULT, one -> one.withConcurrencyLimit(9));
        for (ReservedCall call : claim(NOW).calls()) {
            boolean campaign = call.key().equals(TestCalls.key("a"));
            assertThat(call.accepted().line().equals(Line.NONE)).isEqualTo(campaign);
            assertThat(stores.engine().calls().find(call.key())).contains(call);
        }
    }

    private List<CallKey> astray() {
        return stores.engine().queue().astray(AccountId.DEFAULT, 9);
    }

    private void campaign(String id, String agent) {
        Campaign campaign =
                new Campaign(
                        new CampaignId(id),
                        null,
                        new AgentId(agent),
                        null,
                        null,
                        CampaignRetries.NONE);
        stores.campaigns().put(AccountId.DEFAULT, campaign, NOW);
    }

    @Test
    void givesAFailingProviderOnlyItsRoom() {
        account("many", 5);
        for (int i = 0; i < 3; i++) {
            queued(aCall("c" + i).of("many"));
        }

        assertThat(claim(new ProviderRoom(Map.of(PROVIDER, 0))).calls()).isEmpty();
        assertThat(ids(claim(new ProviderRoom(Map.of(PROVIDER, 1))).calls())).containsExactly("c0");
    }

    @Test
    void givesCallsToAProviderNoFasterThanItsPace() {
        stores =
                freshStores(
                        new Limits(100, 100, Map.of(), Map.of(PROVIDER, Rate.perSecond("2.5"))));
        for (int i = 0; i < 9; i++) {
            queued(aCall("c" + i));
        }

        Claim burst = claim(NOW);
        assertThat(burst.calls()).hasSize(2);
        assertThat(burst.nextToken()).isEqualTo(NOW.plusMillis(200));
        assertThat(claim(NOW.plusMillis(199)).calls()).isEmpty();
        assertThat(claim(NOW.plusMillis(199)).nextToken()).isEqualTo(NOW.plusMillis(200));
        assertThat(claim(NOW.plusMillis(200)).calls()).hasSize(1);
        assertThat(claim(NOW.plusMillis(599)).calls()).isEmpty();
        assertThat(claim(NOW.plusSeconds(60)).calls()).hasSize(2);
    }

    @Test
    void givesAPutBackCallNoTokenBack() {
        stores = freshStores(new Limits(100, 100, Map.of(), Map.of(PROVIDER, Rate.perSecond("1"))));
        ReservedCall call = reserved(aCall("a"));

        change(call, call.requeue(Duration.ZERO, NOW), "put_back");

        assertThat(claim(NOW).calls()).isEmpty();
        assertThat(claim(NOW.plusSeconds(1)).calls()).hasSize(1);
    }

    @Test
    void pacesACampaignAndLetsTheOthersPass() {
        stores.accounts().update(AccountId.DEFAULT, one -> one.withConcurrencyLimit(5));
        stores.paceCampaign(AccountId.DEFAULT, new CampaignId("slow"), Rate.perSecond("0.5"));
        queued(aCall("s1").ofCampaign("slow").prioritised(9));
        queued(aCall("s2").ofCampaign("slow").prioritised(9));
        queued(aCall("other").ofCampaign("quick"));

        Claim claim = claim(NOW);

        assertThat(ids(claim.calls())).containsExactly("s1", "other");
        assertThat(claim.nextToken()).isEqualTo(NOW.plusSeconds(2));
        assertThat(ids(claim(NOW.plusSeconds(2)).calls())).containsExactly("s2");
    }

    private Agents agents() {
        return stores.engine().agents();
    }

    private Route route(String agent) {
        return agents().route(aCall("any").by(agent).build());
    }

    private static Agent agent(String id, ProviderName provider, List<AgentId> failover) {
        return new Agent(
                new AgentId(id), provider, id + "-at-" + provider, POOL, "phone-" + id, failover);
    }

    private void queued(TestCalls call) {
        stores.engine().intake().admit(new Candidate(call.build(), PROVIDER, NOW, null));
    }

    private Claim claim(Instant now) {
        return stores.engine().slots().claim(new EveryAccount(), ClaimTerms.of(100, () -> now));
    }

    private Claim claim(ProviderRoom room) {
        return stores.engine()
                .slots()
                .claim(new EveryAccount(), new ClaimTerms(100, room, () -> NOW));
    }

    private static List<String> ids(List<ReservedCall> calls) {
        return calls.stream().map(call -> call.key().call().value()).toList();
    }
}
