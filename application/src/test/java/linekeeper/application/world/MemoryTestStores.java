package linekeeper.application.world;

import linekeeper.application.CallEngine;
import linekeeper.application.contract.Stores;
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
import linekeeper.domain.queue.Rate;

import java.util.Set;

/// The in-memory stores, for the suites.
public final class MemoryTestStores implements Stores {
    private final MemoryStores stores;
    private volatile Set<PhoneNumber> refused = Set.of();

    public MemoryTestStores(Limits limits) {
        this.stores = new MemoryStores(limits, number -> refused.contains(number));
    }

    @Override
    public void refuseLeadsOf(Set<PhoneNumber> numbers) {
        refused = Set.copyOf(numbers);
    }

    @Override
    public CallEngine.Store engine() {
        return stores.engine();
    }

    @Override
    public Accounts accounts() {
        return stores.accounts();
    }

    @Override
    public ApiKeys apiKeys() {
        return stores.apiKeys();
    }

    @Override
    public Jobs jobs() {
        return stores.jobs();
    }

    @Override
    public Leads leads() {
        return stores.leads();
    }

    @Override
    public Contacts contacts() {
        return stores.contacts();
    }

    @Override
    public Notices notices() {
        return stores.notices();
    }

    @Override
    public Webhooks webhooks() {
        return stores.webhooks();
    }

    @Override
    public DriverRequests driverRequests() {
        return stores.driverRequests();
    }

    @Override
    public CallArchive archive() {
        return stores.archive();
    }

    @Override
    public Campaigns campaigns() {
        return stores.campaigns();
    }

    @Override
    public void paceCampaign(AccountId account, CampaignId campaign, Rate rate) {
        stores.paceCampaign(account, campaign, rate);
    }
}
