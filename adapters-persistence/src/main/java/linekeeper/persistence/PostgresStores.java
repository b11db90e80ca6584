package linekeeper.persistence;

import linekeeper.application.CallEngine;
import linekeeper.application.port.Accounts;
import linekeeper.application.port.Analytics;
import linekeeper.application.port.ApiKeys;
import linekeeper.application.port.CallArchive;
import linekeeper.application.port.Campaigns;
import linekeeper.application.port.Contacts;
import linekeeper.application.port.DriverRequests;
import linekeeper.application.port.Figures;
import linekeeper.application.port.Jobs;
import linekeeper.application.port.Leads;
import linekeeper.application.port.Notices;
import linekeeper.application.port.PastCalls;
import linekeeper.application.port.Upkeep;
import linekeeper.application.port.Webhooks;
import linekeeper.domain.account.Limits;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.InstantSource;

/// The application's stores over one database whose schema is up to date. Thread-safe.
public record PostgresStores(
        CallEngine.Store engine,
        Accounts accounts,
        ApiKeys apiKeys,
        Contacts contacts,
        Jobs jobs,
        Leads leads,
        PastCalls pastCalls,
        Notices notices,
        Webhooks webhooks,
        Figures figures,
        Analytics analytics,
        Campaigns campaigns,
        CallArchive archive,
        DriverRequests driverRequests) {
    private static final int MOST_FORGOTTEN = 1_000;

    /// @param clock for what is cached; every stored time is the caller's
    public static PostgresStores over(Database database, Limits limits, InstantSource clock) {
        return over(database, limits, clock, null);
    }

    /// @param historyKept how long timelines and notices are kept; null: for ever
    public static PostgresStores over(
            Database database, Limits limits, InstantSource clock, @Nullable Duration historyKept) {
        SlotMarks marks = new SlotMarks(database);
        QueueMarks queue = new QueueMarks(database);
        Claims claims = new Claims(database, limits, marks, queue);
        LiveCalls live = new LiveCalls();
        Standings standings = new Standings(database, limits, marks, queue);
        CallEngine.Store engine =
                new CallEngine.Store(
                        new PostgresIntake(database, claims, standings, limits, live),
                        new PostgresSlots(database, claims, live),
                        new PostgresCalls(database, new ChangeWriter(database, live, claims)),
                        new PostgresQueue(database, standings, limits),
                        new PostgresAgents(database),
                        new PostgresHoldingTimes(database, clock),
                        new PostgresParkedReports(database),
                        new PostgresTranscripts(database),
                        upkeep(database, historyKept));
        return new PostgresStores(
                engine,
                new PostgresAccounts(database, claims.gate()),
                new RememberedKeys(new PostgresApiKeys(database), clock),
                new PostgresContacts(database),
                new PostgresJobs(database),
                new PostgresLeads(database),
                new PostgresPastCalls(database),
                new PostgresNotices(database),
                new PostgresWebhooks(database),
                new PostgresFigures(database),
                new PostgresAnalytics(database),
                new PostgresCampaigns(database, claims.gate()),
                new PostgresCallArchive(database, new ArchiveMonths(database)),
                new PostgresDriverRequests(database));
    }

    private static Upkeep upkeep(Database database, @Nullable Duration historyKept) {
        Upkeep ahead = new Partitions(database);
        DriverRequests requests = new PostgresDriverRequests(database);
        Upkeep behind = historyKept == null ? now -> {} : new OldMonths(database, historyKept);
        return now -> {
            ahead.run(now);
            behind.run(now);
            requests.removeBefore(now.minus(DriverRequests.KEPT), MOST_FORGOTTEN);
        };
    }
}
