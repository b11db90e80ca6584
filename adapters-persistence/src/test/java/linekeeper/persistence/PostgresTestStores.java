package linekeeper.persistence;

import linekeeper.application.CallEngine;
import linekeeper.application.contract.Stores;
import linekeeper.application.contract.TestCalls;
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

import java.time.Instant;
import java.util.Set;

/// The PostgreSQL stores on a database of their own, emptied for every test.
final class PostgresTestStores implements Stores {
    private final Database database;
    private final PostgresStores stores;
    private volatile Instant now = TestCalls.NOW;

    private PostgresTestStores(Database database, Limits limits) {
        this.database = database;
        this.stores = PostgresStores.over(database, limits, () -> now);
    }

    static Stores over(Database database, Limits limits) {
        database.update(
                Sql.of(
                        """
                        TRUNCATE accounts, api_keys, campaigns, calls, call_ends, call_attempts, call_queue, active_calls, executions,
                                 call_events, notices, provider_events, conversations,
                                 call_transcripts, agents, contacts, do_not_call, leads, jobs, webhooks,
                                 imported_calls, token_buckets, archived_ids,
                                 archived_calls, driver_requests
                        """));
        database.update(
                Sql.of("INSERT INTO accounts (account_id, name) VALUES ('default', 'default')"));
        RefusedLeads.forget(database);
        return another(database, limits);
    }

    /// Another node over the same data.
    static Stores another(Database database, Limits limits) {
        return new PostgresTestStores(database, limits);
    }

    @Override
    public void refuseLeadsOf(Set<PhoneNumber> numbers) {
        RefusedLeads.are(database, numbers);
    }

    @Override
    public void clockIs(Instant moment) {
        now = moment;
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
        database.update(
                Sql.of(
                                """
                                INSERT INTO campaigns (account_id, campaign_id, calls_per_second,
                                                       created_at)
                                VALUES (:account, :campaign, :rate, now())
                                ON CONFLICT (account_id, campaign_id)
                                DO UPDATE SET calls_per_second = :rate
                                """)
                        .with("account", account.value())
                        .with("campaign", campaign.value())
                        .with("rate", rate.perSecond()));
    }
}
