package linekeeper.application.simulation.faults;

import linekeeper.domain.AccountId;
import linekeeper.domain.account.Account;
import linekeeper.domain.agent.Agent;
import linekeeper.domain.campaign.Campaign;
import linekeeper.domain.notice.NoticeType;
import linekeeper.domain.notice.SigningSecrets;
import linekeeper.domain.notice.Webhook;
import linekeeper.domain.notice.WebhookSecret;

import java.net.URI;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What the customers have set up.
final class Setting {
    private static final URI BACKEND = URI.create("https://backend.example/results");
    private static final int SECRET_BYTES = 32;

    private final Scenario scenario;
    private final Stores stores;
    private final Instant start;

    Setting(Scenario scenario, Stores stores, Instant start) {
        this.scenario = scenario;
        this.stores = stores;
        this.start = start;
    }

    void make() {
        for (AccountId account : scenario.accounts()) {
            stores.accounts().create(Account.named(account));
            if (scenario.deduplicates()) {
                stores.accounts().update(account, Account::withDeduplicatedNumbers);
            }
            stores.campaigns()
                    .put(
                            account,
                            Campaign.named(Requests.CAMPAIGN)
                                    .withConcurrencyLimit(scenario.campaignLimit()),
                            start);
            agents(account);
            webhook(account);
        }
    }

    private void agents(AccountId account) {
        var agents = stores.engine().agents();
        agents.put(
                account,
                new Agent(
                        Requests.SECOND, Scenario.UNSIGNED, "theirs", List.of(), null, List.of()));
        agents.put(
                account,
                new Agent(
                        Requests.FIRST,
                        Scenario.TRUSTED,
                        "theirs",
                        List.of(),
                        null,
                        List.of(Requests.SECOND)));
    }

    private void webhook(AccountId account) {
        Set<NoticeType> wanted =
                account.equals(AccountId.DEFAULT)
                        ? EnumSet.allOf(NoticeType.class)
                        : EnumSet.of(NoticeType.ENDED);
        SigningSecrets secrets = SigningSecrets.of(WebhookSecret.of(new byte[SECRET_BYTES]));
        stores.webhooks()
                .put(account, any -> new Webhook(account, BACKEND, wanted, secrets, null, start));
    }

    /// Backends that had answered that they are gone are set up again.
    void takeResults() {
        for (AccountId account : scenario.accounts()) {
            stores.webhooks()
                    .update(account, webhook -> webhook.pointedTo(BACKEND, webhook.events()));
        }
    }
}
