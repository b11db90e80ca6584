package linekeeper.bootstrap.planning;

import linekeeper.application.planning.Arrivals.Bursts;
import linekeeper.application.planning.Arrivals.Poisson;
import linekeeper.application.planning.People;
import linekeeper.application.planning.Plan;
import linekeeper.application.planning.Plan.Capacity;
import linekeeper.application.planning.Traffic;
import linekeeper.domain.AccountId;
import linekeeper.domain.CampaignId;
import linekeeper.domain.InvalidValue;
import linekeeper.domain.account.Account;
import linekeeper.domain.call.RetryPolicy;
import linekeeper.domain.queue.Rate;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A plan in flags: one or several accounts that all do the same.
public final class PlanFlags {
    private static final CampaignId CAMPAIGN = new CampaignId("campaign");
    private static final double HOUR = 3_600;

    @Option(names = "--accounts", defaultValue = "1", description = "how many (${DEFAULT-VALUE})")
    private int accounts;

    @Option(
            names = "--limit",
            defaultValue = "8",
            description = "calls live at once per account (${DEFAULT-VALUE})")
    private int limit;

    @Option(
            names = "--system-limit",
            defaultValue = "1000",
            description = "calls live at once in all (${DEFAULT-VALUE})")
    private int systemLimit;

    @Option(names = "--provider-limit", description = "calls live at once through the provider")
    private @Nullable Integer providerLimit;

    @Option(names = "--calls-per-second", description = "pace of the provider connection")
    private @Nullable BigDecimal pace;

    @Option(
            names = "--campaign",
            defaultValue = "0",
            paramLabel = "CALLS",
            description = "a campaign of so many calls per account, at the beginning")
    private int campaign;

    @Option(names = "--max-attempts", description = "of the campaign's calls")
    private @Nullable Integer maxAttempts;

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

    @Option(names = "--busy", defaultValue = "0.05", description = "share (${DEFAULT-VALUE})")
    private double busy;

    @Option(names = "--no-answer", defaultValue = "0.2", description = "share (${DEFAULT-VALUE})")
    private double noAnswer;

    @Option(names = "--voicemail", defaultValue = "0.1", description = "share (${DEFAULT-VALUE})")
    private double voicemail;

    @Option(names = "--failed", defaultValue = "0.01", description = "share (${DEFAULT-VALUE})")
    private double failed;

    @Option(
            names = "--setup",
            defaultValue = "PT0.5S",
            description = "from the slot to the provider's answer (${DEFAULT-VALUE})")
    private String setup = "";

    @Option(
            names = "--ring",
            defaultValue = "exponential(PT8S)",
            description = "until something answers (${DEFAULT-VALUE})")
    private String ring = "";

    @Option(
            names = "--give-up",
            defaultValue = "PT30S",
            description = "ringing when nobody answers (${DEFAULT-VALUE})")
    private String giveUp = "";

    @Option(
            names = "--talk",
            defaultValue = "lognormal(PT90S, PT60S)",
            description = "a conversation (${DEFAULT-VALUE})")
    private String talk = "";

    @Option(
            names = "--message",
            defaultValue = "PT20S",
            description = "a call to a machine (${DEFAULT-VALUE})")
    private String message = "";

    /// @throws InvalidValue names the flag that is wrong
    public Plan plan(long seed) {
        if (campaign + burst < 1 && !(directPerHour > 0)) {
            throw new InvalidValue(
                    "plan", "needs calls: a SCENARIO, --campaign, --burst or --direct-per-hour");
        }
        List<AccountId> ids =
                IntStream.rangeClosed(1, accounts)
                        .mapToObj(i -> i == 1 ? AccountId.DEFAULT : new AccountId("account-" + i))
                        .toList();
        return new Plan(
                seed,
                ScenarioFile.START,
                ScenarioFile.HORIZON,
                Duration.ZERO,
                new Capacity(
                        systemLimit, limit, providerLimit, pace == null ? null : new Rate(pace)),
                ids.stream().map(id -> Account.named(id).withConcurrencyLimit(limit)).toList(),
                List.of(),
                ids.stream().flatMap(id -> traffic(id).stream()).toList(),
                List.of(),
                people(),
                RetryPolicy.DEFAULT);
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

    private People people() {
        return new People(
                new People.Shares(busy, noAnswer, voicemail, failed),
                Spreads.parse("--setup", setup),
                Spreads.parse("--ring", ring),
                Spreads.parse("--give-up", giveUp),
                Spreads.parse("--talk", talk),
                Spreads.parse("--message", message));
    }
}
