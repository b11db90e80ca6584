package linekeeper.bootstrap.planning;

import linekeeper.application.planning.Arrivals.Bursts;
import linekeeper.application.planning.Arrivals.Poisson;
import linekeeper.application.planning.People;
import linekeeper.application.planning.Plan;
import linekeeper.application.planning.Plan.Capacity;
import linekeeper.application.planning.Plan.OwnCampaign;
import linekeeper.application.planning.Traffic;
import linekeeper.domain.AccountId;
import linekeeper.domain.CampaignId;
import linekeeper.domain.InvalidValue;
import linekeeper.domain.account.Account;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.RetryPolicy;
import linekeeper.domain.campaign.CallingWindow;
import linekeeper.domain.campaign.Campaign;
import linekeeper.domain.queue.Rate;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A plan in flags: one or several accounts that all do the same.
public final class PlanFlags {
    private static final CampaignId CAMPAIGN = new CampaignId("campaign");
    private static final double HOUR = 3_600;

    @Option(
            names = "--accounts",
            paramLabel = "N",
            defaultValue = "1",
            description = "how many (${DEFAULT-VALUE})")
    private int accounts;

    @Option(
            names = "--limit",
            paramLabel = "CALLS",
            defaultValue = "8",
            description = "calls live at once per account (${DEFAULT-VALUE})")
    private int limit;

    @Option(
            names = "--system-limit",
            paramLabel = "CALLS",
            defaultValue = "1000",
            description = "calls live at once in all (${DEFAULT-VALUE})")
    private int systemLimit;

    @Option(
            names = "--provider-limit",
            paramLabel = "CALLS",
            description = "calls live at once through the provider")
    private @Nullable Integer providerLimit;

    @Option(
            names = "--calls-per-second",
            paramLabel = "N",
            description = "pace of the provider connection")
    private @Nullable BigDecimal pace;

    @Option(
            names = "--campaign",
            defaultValue = "0",
            paramLabel = "CALLS",
            description = "a campaign of so many calls per account, at the beginning")
    private int campaign;

    @Option(
            names = "--max-attempts",
            paramLabel = "N",
            description = "of the campaign's calls, 1 to 10 (1)")
    private @Nullable Integer maxAttempts;

    @Option(
            names = "--window",
            paramLabel = "'[DAYS] FROM-TO [ZONE]'",
            description =
                    "when the campaign's people may be called, as in 'mon-fri 09:00-17:00"
                            + " Europe/Berlin'; every day, and in UTC, unless you say so")
    private @Nullable String window;

    @Option(
            names = "--start",
            paramLabel = "INSTANT",
            description = "when it all begins (2026-01-05T08:00:00Z, a Monday)")
    private Instant start = ScenarioFile.START;

    @Option(
            names = "--direct-per-hour",
            defaultValue = "0",
            paramLabel = "CALLS",
            description = "direct calls per hour and account, one by one at random")
    private double directPerHour;

    @Option(
            names = "--direct-for",
            defaultValue = "PT8H",
            paramLabel = "TIME",
            description = "how long direct calls are asked for (${DEFAULT-VALUE})")
    private Duration directFor = Duration.ZERO;

    @Option(
            names = "--burst",
            defaultValue = "0",
            paramLabel = "CALLS",
            description = "so many direct calls per account at once, at the beginning")
    private int burst;

    /// @throws InvalidValue names the flag that is wrong
    public Plan plan(long seed, People people) {
        check();
        List<AccountId> ids =
                IntStream.rangeClosed(1, accounts)
                        .mapToObj(i -> i == 1 ? AccountId.DEFAULT : new AccountId("account-" + i))
                        .toList();
        return new Plan(
                seed,
                start,
                ScenarioFile.HORIZON,
                Duration.ZERO,
                new Capacity(
                        systemLimit, limit, providerLimit, pace == null ? null : new Rate(pace)),
                ids.stream().map(id -> Account.named(id).withConcurrencyLimit(limit)).toList(),
                campaigns(ids),
                ids.stream().flatMap(id -> traffic(id).stream()).toList(),
                List.of(),
                people,
                RetryPolicy.DEFAULT);
    }

    private void check() {
        atLeast(1, "--accounts", accounts);
        atLeast(0, "--limit", limit);
        atLeast(0, "--system-limit", systemLimit);
        atLeast(0, "--provider-limit", providerLimit == null ? 0 : providerLimit);
        atLeast(0, "--campaign", campaign);
        atLeast(0, "--burst", burst);
        atLeast(0, "--direct-per-hour", directPerHour);
        if (directFor.isNegative()) {
            throw new InvalidValue("--direct-for", "must not be negative");
        }
        if (maxAttempts != null && (maxAttempts < 1 || maxAttempts > CallRequest.MAX_ATTEMPTS)) {
            throw new InvalidValue("--max-attempts", "must be 1 to " + CallRequest.MAX_ATTEMPTS);
        }
        if (campaign + burst + directPerHour <= 0) {
            throw new InvalidValue(
                    "plan", "needs calls: a SCENARIO, --campaign, --burst or --direct-per-hour");
        }
        if (window != null && campaign == 0) {
            throw new InvalidValue("--window", "is for a --campaign");
        }
    }

    private static void atLeast(int least, String flag, double value) {
        if (value < least) {
            throw new InvalidValue(flag, "must be " + least + " or more");
        }
    }

    private List<OwnCampaign> campaigns(List<AccountId> ids) {
        if (window == null) {
            return List.of();
        }
        CallingWindow parsed = Windows.parse("--window", window);
        return ids.stream()
                .map(id -> new OwnCampaign(id, Campaign.named(CAMPAIGN), parsed))
                .toList();
    }

    private List<Traffic> traffic(AccountId account) {
        List<Traffic> traffic = new ArrayList<>();
        if (directPerHour > 0) {
            Poisson arrivals = new Poisson(directPerHour / HOUR, Duration.ZERO, directFor);
            traffic.add(Traffic.direct(account, arrivals));
        }
        if (burst > 0) {
            traffic.add(Traffic.direct(account, Bursts.once(burst, Duration.ZERO)));
        }
        if (campaign > 0) {
            Bursts calls = Bursts.once(campaign, Duration.ZERO);
            traffic.add(new Traffic(account, CAMPAIGN, calls, null, maxAttempts));
        }
        return traffic;
    }
}
