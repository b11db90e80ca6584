package linekeeper.application.world;

import linekeeper.application.CallEngine;
import linekeeper.application.port.Accounts;
import linekeeper.application.port.ApiKeys;
import linekeeper.application.port.CallArchive;
import linekeeper.application.port.Campaigns;
import linekeeper.application.port.Contacts;
import linekeeper.application.port.DriverRequests;
import linekeeper.application.port.Jobs;
import linekeeper.application.port.Leads;
import linekeeper.application.port.Notices;
import linekeeper.application.port.Webhooks;
import linekeeper.domain.AccountId;
import linekeeper.domain.CampaignId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.account.Limits;
import linekeeper.domain.queue.Places.Campaign;
import linekeeper.domain.queue.Rate;
import linekeeper.domain.queue.TokenBucket;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/// The application's stores in memory, with the same answers as the ones on PostgreSQL. Thread-safe.
public final class MemoryStores {
    private final MemoryState state;
    private final CallEngine.Store engine;
    private final DriverRequests driverRequests;
    private final MemoryApiKeys apiKeys = new MemoryApiKeys();
    private final MemoryContacts contacts = new MemoryContacts();

    public MemoryStores(Limits limits) {
        this(limits, number -> false);
    }

    /// Stores that fail at some leads, as a database does at a row that it refuses.
    ///
    /// @param refusesLead whose leads cannot be written now
    public MemoryStores(Limits limits, Predicate<PhoneNumber> refusesLead) {
        this(new MemoryState(limits, true, refusesLead));
    }

    /// Stores that forget a call when it is over, keep no timelines and have nothing to tell or to do
    /// afterwards: any number of calls may pass through.
    public static MemoryStores withoutHistory(Limits limits) {
        return new MemoryStores(new MemoryState(limits, false, number -> false));
    }

    private MemoryStores(MemoryState state) {
        this.state = state;
        this.driverRequests = new MemoryDriverRequests(state);
        MemoryClaims claims = new MemoryClaims(state);
        MemoryQueue queue = new MemoryQueue(state);
        this.engine =
                new CallEngine.Store(
                        new MemoryIntake(state, claims, queue),
                        new MemorySlots(state, claims),
                        new MemoryCalls(state, claims),
                        queue,
                        new MemoryAgents(state),
                        state.holdingTimes,
                        new MemoryParkedReports(),
                        new MemoryTranscripts(state),
                        now -> {});
    }

    /// How many calls wait, in all accounts.
    public int waiting() {
        synchronized (state) {
            return state.waiting.count();
        }
    }

    /// When the next of the waiting calls is due that are not due at `now`; empty: there is none.
    public Optional<Instant> nextDue(Instant now) {
        synchronized (state) {
            return state.waiting.nextDue(now);
        }
    }

    public CallEngine.Store engine() {
        return engine;
    }

    public Accounts accounts() {
        return new MemoryAccounts(state);
    }

    public ApiKeys apiKeys() {
        return apiKeys;
    }

    public Jobs jobs() {
        return new MemoryJobs(state);
    }

    public Leads leads() {
        return new MemoryLeads(state);
    }

    public Contacts contacts() {
        return contacts;
    }

    public CallArchive archive() {
        return new MemoryCallArchive(state);
    }

    public DriverRequests driverRequests() {
        return driverRequests;
    }

    public Notices notices() {
        return new MemoryNotices(state);
    }

    public Webhooks webhooks() {
        return new MemoryWebhooks(state);
    }

    /// Paces a campaign.
    public void paceCampaign(AccountId account, CampaignId campaign, Rate rate) {
        synchronized (state) {
            state.campaignBuckets.merge(
                    new Campaign(account, campaign),
                    TokenBucket.full(rate),
                    (before, full) -> new TokenBucket(rate, before.paidUntil()));
        }
    }

    public Campaigns campaigns() {
        return new MemoryCampaigns(state);
    }
}
