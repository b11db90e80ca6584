package linekeeper.application.planning;

import linekeeper.application.planning.Arrivals.Poisson;
import linekeeper.application.planning.Plan.Capacity;
import linekeeper.application.planning.Spread.Exponential;
import linekeeper.domain.AccountId;
import linekeeper.domain.CampaignId;
import linekeeper.domain.account.Account;
import linekeeper.domain.call.RetryPolicy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Plans for tests: the account `default`, whose people talk for a minute in the mean and answer at once.
final class TestPlans {
    static final Duration TALK = Duration.ofMinutes(1);
    static final CampaignId CAMPAIGN = new CampaignId("autumn");
    static final Instant START = Instant.parse("2026-10-24T22:00:00Z");

    private TestPlans() {}

    /// Any number of direct and campaign calls, one after the other, for `slots` slots.
    ///
    /// @param direct load, in slots that would be busy
    /// @param campaign likewise; 0: none
    static Plan steady(long seed, int slots, double direct, double campaign, Duration time) {
        double perSecond = 1.0 / TALK.toSeconds();
        List<Traffic> traffic =
                campaign == 0
                        ? List.of(direct(direct * perSecond, time))
                        : List.of(
                                direct(direct * perSecond, time),
                                Traffic.of(
                                        AccountId.DEFAULT,
                                        CAMPAIGN,
                                        poisson(campaign * perSecond, time)));
        return of(seed, slots, time.dividedBy(20), traffic, People.talking(new Exponential(TALK)));
    }

    static Plan of(long seed, int slots, Duration warmUp, List<Traffic> traffic, People people) {
        return new Plan(
                seed,
                START,
                Duration.ofDays(3_650),
                warmUp,
                new Capacity(100_000, 2, null, null),
                List.of(Account.named(AccountId.DEFAULT).withConcurrencyLimit(slots)),
                List.of(),
                traffic,
                List.of(),
                people,
                RetryPolicy.DEFAULT);
    }

    static Traffic direct(double perSecond, Duration time) {
        return Traffic.direct(AccountId.DEFAULT, poisson(perSecond, time));
    }

    static Poisson poisson(double perSecond, Duration time) {
        return new Poisson(perSecond, Duration.ZERO, time);
    }
}
