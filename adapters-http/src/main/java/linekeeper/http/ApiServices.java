package linekeeper.http;

import linekeeper.application.CallEngine;
import linekeeper.application.IssueKeys;
import linekeeper.application.port.Accounts;
import linekeeper.application.port.Analytics;
import linekeeper.application.port.ApiKeys;
import linekeeper.application.port.CallQueue;
import linekeeper.application.port.Calls;
import linekeeper.application.port.Campaigns;
import linekeeper.application.port.Contacts;
import linekeeper.application.port.DriverRequests;
import linekeeper.application.port.Jobs;
import linekeeper.application.port.Leads;
import linekeeper.application.port.Notices;
import linekeeper.application.port.Slots;
import linekeeper.application.port.Transcripts;
import linekeeper.application.port.WebhookReader;
import linekeeper.application.results.ResultDelivery;
import linekeeper.http.metrics.Metrics;
import linekeeper.http.results.AddressGuard;

import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/// What the API speaks for.
///
/// @param webhooks how to read each provider's webhooks, by its name, as in `bolna`, or by name and kind,
///     as in `twilio/status`
/// @param ids a new random one every time
public record ApiServices(
        CallEngine engine,
        Records records,
        Access access,
        People people,
        Results results,
        Map<String, WebhookReader> webhooks,
        Metrics metrics,
        Readiness readiness,
        Supplier<UUID> ids,
        InstantSource clock) {
    public ApiServices {
        webhooks = Map.copyOf(webhooks);
    }

    /// What is only looked at.
    public record Records(
            Calls calls,
            CallQueue queue,
            Slots slots,
            Transcripts transcripts,
            Analytics analytics,
            Campaigns campaigns) {}

    /// Who is called, and the work that follows.
    public record People(
            Contacts contacts, Leads leads, Jobs jobs, DriverRequests driverRequests) {}

    /// Who may do what.
    public record Access(Accounts accounts, ApiKeys keys, IssueKeys issueKeys) {}

    /// What the backend is told.
    ///
    /// @param guard which URLs a webhook may have
    public record Results(ResultDelivery delivery, Notices notices, AddressGuard guard) {}
}
