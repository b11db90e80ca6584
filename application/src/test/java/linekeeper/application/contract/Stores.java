package linekeeper.application.contract;

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
import linekeeper.domain.campaign.Campaign;
import linekeeper.domain.queue.Rate;

import java.time.Instant;
import java.util.Set;

/// One adapter's stores under test, empty but for the account `default`.
public interface Stores {
    CallEngine.Store engine();

    Accounts accounts();

    ApiKeys apiKeys();

    Jobs jobs();

    Leads leads();

    Contacts contacts();

    Notices notices();

    Webhooks webhooks();

    void paceCampaign(AccountId account, CampaignId campaign, Rate rate);

    CallArchive archive();

    DriverRequests driverRequests();

    Campaigns campaigns();

    /// From now on the leads of these numbers, and of no others, cannot be written.
    void refuseLeadsOf(Set<PhoneNumber> numbers);

    /// What time it is for what is remembered for a while; all else is told the time.
    default void clockIs(Instant now) {}

    default void limitCampaign(AccountId account, CampaignId id, int limit) {
        Campaign campaign = campaigns().find(account, id).orElseGet(() -> Campaign.named(id));
        campaigns().put(account, campaign.withConcurrencyLimit(limit), TestCalls.NOW);
    }
}
