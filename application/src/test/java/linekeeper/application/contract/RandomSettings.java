package linekeeper.application.contract;

import linekeeper.domain.AccountId;
import linekeeper.domain.AgentId;
import linekeeper.domain.CampaignId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Account;
import linekeeper.domain.agent.Agent;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.RetryPolicy;
import linekeeper.domain.campaign.Campaign;
import linekeeper.domain.campaign.CampaignRetries;
import linekeeper.domain.queue.Backoff;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Accounts, campaigns and agents, changed while their calls wait and run.
final class RandomSettings {
    private static final List<String> PROVIDERS = List.of("simulated", "spare", "other");
    private static final List<PhoneNumber> POOL =
            List.of(
                    new PhoneNumber("+14155550151"),
                    new PhoneNumber("+14155550152"),
                    new PhoneNumber("+14155550153"));
    private static final RetryPolicy POLICY =
            new RetryPolicy(
                    Map.of(
                            CallStatus.BUSY,
                            new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(1))));

    private final HistoryCourse course;

    RandomSettings(HistoryCourse course) {
        this.course = course;
    }

    void change() {
        switch (course.random.nextInt(4)) {
            case 0 -> account();
            case 1, 2 -> campaign();
            default -> agent();
        }
    }

    private void account() {
        AccountId id = course.account();
        Integer limit = course.once(4) ? null : Integer.valueOf(course.random.nextInt(5));
        ProviderName provider = course.once(3) ? provider() : null;
        boolean deduplicates = course.once(3);
        course.answered(
                course.node()
                        .accounts()
                        .update(
                                id,
                                before ->
                                        new Account(
                                                id,
                                                before.name(),
                                                limit,
                                                before.weight(),
                                                provider,
                                                deduplicates)));
    }

    private void campaign() {
        AccountId account = course.account();
        Campaign campaign =
                new Campaign(
                        new CampaignId(course.oneOf(List.of("a", "b", "c"))),
                        null,
                        course.once(3)
                                ? new AgentId(course.oneOf(List.of("spare", "other")))
                                : null,
                        course.once(2) ? null : Integer.valueOf(course.random.nextInt(4)),
                        course.once(2)
                                ? null
                                : new BigDecimal(course.oneOf(List.of("0.5", "1", "3"))),
                        retries());
        course.answered(course.node().campaigns().put(account, campaign, course.now()));
        course.answered(course.node().campaigns().find(account, campaign.id()));
        course.answered(course.node().campaigns().counts(account, campaign.id()));
    }

    private CampaignRetries retries() {
        return new CampaignRetries(
                course.once(2) ? null : Integer.valueOf(1 + course.random.nextInt(3)),
                course.once(2) ? null : POLICY);
    }

    private void agent() {
        AccountId account = course.account();
        AgentId id = new AgentId(course.oneOf(List.of("spare", "other")));
        if (course.once(6)) {
            course.answered("no agent " + course.node().engine().agents().remove(account, id));
        } else {
            String standIn = id.value().equals("spare") ? "other" : "spare";
            agent(
                    account,
                    id,
                    provider(),
                    course.once(2) ? List.of(new AgentId(standIn)) : List.of());
        }
    }

    void agent(AccountId account, AgentId id, ProviderName provider, List<AgentId> standIns) {
        List<PhoneNumber> pool = POOL.subList(0, course.random.nextInt(POOL.size() + 1));
        String theirs = "theirs-" + course.random.nextInt(3);
        String numberId = course.once(3) ? "pn-1" : null;
        Agent agent = new Agent(id, provider, theirs, pool, numberId, standIns);
        course.answered("agent " + course.node().engine().agents().put(account, agent));
    }

    private ProviderName provider() {
        return new ProviderName(course.oneOf(PROVIDERS));
    }
}
