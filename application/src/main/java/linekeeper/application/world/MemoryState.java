package linekeeper.application.world;

import linekeeper.application.port.Calls.Recorded;
import linekeeper.application.port.Job;
import linekeeper.domain.AccountId;
import linekeeper.domain.AgentId;
import linekeeper.domain.CallKey;
import linekeeper.domain.CampaignId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Account;
import linekeeper.domain.account.Limits;
import linekeeper.domain.agent.Agent;
import linekeeper.domain.agent.Route;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.Routing;
import linekeeper.domain.call.TimelineEvent;
import linekeeper.domain.campaign.Campaign;
import linekeeper.domain.campaign.CampaignRetries;
import linekeeper.domain.notice.NoticeType;
import linekeeper.domain.notice.Webhook;
import linekeeper.domain.person.Lead;
import linekeeper.domain.queue.Places;
import linekeeper.domain.queue.TokenBucket;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Everything the in-memory stores know. Guarded by its own monitor: whoever touches it holds that.
final class MemoryState {
    final Limits limits;
    final boolean keepsHistory;
    private final Predicate<PhoneNumber> refusesLead;
    final MemoryHoldingTimes holdingTimes = new MemoryHoldingTimes();
    final Map<AccountId, Account> accounts = new HashMap<>();
    final Map<AccountId, Map<AgentId, Agent>> agents = new HashMap<>();
    final Map<Places.Campaign, TokenBucket> campaignBuckets = new HashMap<>();
    final Map<ProviderName, TokenBucket> providerBuckets = new HashMap<>();
    private final Map<AccountId, Map<String, Campaign>> campaigns = new HashMap<>();
    final Map<CallKey, Call> calls = new HashMap<>();
    final WaitingCalls waiting = new WaitingCalls();
    final LiveCalls live = new LiveCalls();
    final Executions executions = new Executions();
    final OpenNumbers openNumbers = new OpenNumbers();
    final Set<CallKey> hidden = new HashSet<>();
    final Set<CallKey> archived = new HashSet<>();
    final Map<CallKey, Instant> checkAfter = new HashMap<>();
    final Map<CallKey, List<Recorded>> timelines = new HashMap<>();
    final NavigableMap<Long, Job> jobs = new TreeMap<>();
    final Map<AccountId, Map<PhoneNumber, Lead>> leads = new HashMap<>();
    final Map<AccountId, Webhook> webhooks = new HashMap<>();
    final NoticeBox notices = new NoticeBox();
    private long lastLease;
    private long lastJob;

    /// @param keepsHistory false: a call that is over is forgotten, and no timeline is kept
    /// @param refusesLead whose leads cannot be written now
    MemoryState(Limits limits, boolean keepsHistory, Predicate<PhoneNumber> refusesLead) {
        this.limits = limits;
        this.keepsHistory = keepsHistory;
        this.refusesLead = refusesLead;
        accounts.put(AccountId.DEFAULT, Account.named(AccountId.DEFAULT));
        limits.rates().forEach((name, rate) -> providerBuckets.put(name, TokenBucket.full(rate)));
    }

    long nextLease() {
        return ++lastLease;
    }

    /// Stores a call's new state.
    void put(Call call) {
        Call before = calls.put(call.key(), call);
        checkAfter.remove(call.key());
        executions.moved(before, call);
        openNumbers.moved(before, call);
        if (call instanceof QueuedCall queued) {
            waiting.put(queued);
        } else {
            waiting.remove(call.key());
        }
        if (before instanceof LiveCall held && !(call instanceof LiveCall)) {
            live.remove(held);
        }
        if (call instanceof LiveCall holding) {
            live.put(holding);
        }
        if (call instanceof EndedCall ended && !(before instanceof EndedCall)) {
            ended(ended);
        }
    }

    /// An attempt is over, and another follows.
    void attemptEnded(EndedCall attempt) {
        holdingTimes.learn(attempt);
    }

    private void ended(EndedCall call) {
        holdingTimes.learn(call);
        if (!keepsHistory) {
            calls.remove(call.key());
            executions.forget(call);
        } else if (call.execution() != null) {
            followUp(call);
        }
    }

    /// Only whoever was dialed becomes a lead. No end fails because of it: what cannot be written is
    /// left to a job.
    private void followUp(EndedCall call) {
        Lead lead = Lead.of(call);
        if (refuses(lead)) {
            addLeadJob(call);
        } else {
            merge(call.key().account(), lead);
        }
    }

    boolean refuses(Lead lead) {
        return refusesLead.test(lead.phone());
    }

    void merge(AccountId account, Lead lead) {
        leads.computeIfAbsent(account, any -> new HashMap<>())
                .merge(lead.phone(), lead, Lead::mergedWith);
    }

    private void addLeadJob(EndedCall call) {
        Instant at = call.span().endedAt();
        CallKey key = call.key();
        Job job =
                new Job(
                        key.account(),
                        ++lastJob,
                        Job.Kind.LEAD,
                        key.call(),
                        Job.Status.PENDING,
                        0,
                        at,
                        null,
                        at);
        jobs.put(job.number(), job);
    }

    /// Returns the new line's number; 0: no history is kept.
    long record(CallKey key, TimelineEvent event) {
        if (!keepsHistory) {
            return 0;
        }
        List<Recorded> timeline = timelines.computeIfAbsent(key, any -> new ArrayList<>());
        timeline.add(new Recorded(timeline.size() + 1L, event));
        return timeline.size();
    }

    /// Whether a webhook in use wants a notice of this type.
    boolean asksFor(AccountId account, NoticeType type) {
        Webhook webhook = webhooks.get(account);
        return webhook != null && webhook.takes(type);
    }

    /// Who speaks in a call: as asked, else as its campaign says.
    Routing routing(CallRequest request) {
        Campaign campaign = campaign(request.key().account(), request.grouping().campaign());
        Routing asked = request.routing();
        return asked.agent() == null && campaign != null
                ? new Routing(campaign.agent(), asked.from())
                : asked;
    }

    Route route(CallRequest call) {
        AgentId id = routing(call).agent();
        Map<AgentId, Agent> known = agents.getOrDefault(call.key().account(), Map.of());
        Agent agent = id == null ? null : known.get(id);
        return agent == null
                ? Route.NONE
                : new Route(
                        Stream.concat(Stream.of(agent), agent.failover().stream().map(known::get))
                                .filter(Objects::nonNull)
                                .toList());
    }

    int accountLimit(AccountId account) {
        Account found = accounts.get(account);
        return found == null ? 0 : found.limitOr(limits.account());
    }

    /// The account's campaigns by their ids.
    Map<String, Campaign> campaigns(AccountId account) {
        return campaigns.computeIfAbsent(account, any -> new HashMap<>());
    }

    @Nullable Campaign campaign(AccountId account, @Nullable CampaignId id) {
        return id == null ? null : campaigns(account).get(id.value());
    }

    @Nullable Integer campaignLimit(AccountId account, @Nullable CampaignId id) {
        Campaign campaign = campaign(account, id);
        return campaign == null ? null : campaign.concurrencyLimit();
    }

    CampaignRetries retries(AccountId account, @Nullable CampaignId id) {
        Campaign campaign = campaign(account, id);
        return campaign == null ? CampaignRetries.NONE : campaign.retries();
    }
}
