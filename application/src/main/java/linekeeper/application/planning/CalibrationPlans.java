package linekeeper.application.planning;

import linekeeper.application.planning.Arrivals.Bursts;
import linekeeper.application.planning.Arrivals.Poisson;
import linekeeper.application.planning.Calibration.Scenario;
import linekeeper.application.planning.People.Shares;
import linekeeper.application.planning.Plan.Capacity;
import linekeeper.application.planning.Plan.LimitChange;
import linekeeper.application.planning.Spread.Exponential;
import linekeeper.application.planning.Spread.Lognormal;
import linekeeper.domain.AccountId;
import linekeeper.domain.CampaignId;
import linekeeper.domain.account.Account;
import linekeeper.domain.call.CallType;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.RetryPolicy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The scenarios that estimates are measured in: 8 slots, people who talk for a minute in the mean.
final class CalibrationPlans {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Instant START = Instant.parse("2026-10-24T22:00:00Z");
    private static final CampaignId CAMPAIGN = new CampaignId("autumn");
    private static final int SLOTS = 8;
    private static final int WARM_CALLS = 30;
    private static final int LOW = 50;
    private static final People TALKING = People.talking(new Exponential(MINUTE));

    static final List<Scenario> ALL =
            List.of(
                    any("steady, 90 % load", (seed, time) -> plan(seed, TALKING, load(7.2, time))),
                    any("bursts of 100 every hour", CalibrationPlans::bursts),
                    any(
                            "heavy-tailed talk (lognormal, variation 4)",
                            CalibrationPlans::heavyTailed),
                    only("direct calls before a campaign", CallType.DIRECT),
                    only("the campaign behind direct calls", CallType.CAMPAIGN),
                    any("two priorities, half of the calls each", CalibrationPlans::priorities),
                    new Scenario(
                            "the lower of the two priorities",
                            CalibrationPlans::priorities,
                            call -> call.accepted().request().priority() == LOW,
                            0),
                    any("limit from 8 to 12 or back after a burst", CalibrationPlans::limits),
                    new Scenario(
                            "cold start, from the 30th call on",
                            CalibrationPlans::coldStarts,
                            call -> true,
                            WARM_CALLS),
                    any("retries, half of the attempts fail", CalibrationPlans::retries));

    private CalibrationPlans() {}

    private static Scenario any(String name, Calibration.PlanOver plan) {
        return new Scenario(name, plan, call -> true, 0);
    }

    private static Scenario only(String name, CallType type) {
        return new Scenario(name, CalibrationPlans::campaign, call -> isOf(type, call), 0);
    }

    private static boolean isOf(CallType type, QueuedCall call) {
        return call.accepted().request().type() == type;
    }

    private static Plan bursts(long seed, Duration time) {
        Traffic more = Traffic.direct(AccountId.DEFAULT, hourly(100, time));
        return plan(seed, TALKING, load(3, time), more);
    }

    private static Plan heavyTailed(long seed, Duration time) {
        Spread talk = new Lognormal(MINUTE, MINUTE.multipliedBy(2));
        return plan(seed, People.talking(talk), load(7.2, time));
    }

    private static Plan campaign(long seed, Duration time) {
        Traffic bulk = Traffic.of(AccountId.DEFAULT, CAMPAIGN, hourly(100, time));
        return plan(seed, TALKING, load(3, time), bulk);
    }

    private static Plan priorities(long seed, Duration time) {
        Arrivals half = poisson(3.6, Duration.ZERO, time);
        Traffic low = new Traffic(AccountId.DEFAULT, null, half, LOW, null);
        return plan(seed, TALKING, load(3.6, time), low);
    }

    private static Plan limits(long seed, Duration time) {
        List<LimitChange> changes = new ArrayList<>();
        for (int hour = 1; hour < time.toHours(); hour++) {
            Duration after = HOUR.multipliedBy(hour).plusMinutes(5);
            changes.add(new LimitChange(AccountId.DEFAULT, after, hour % 2 == 1 ? 12 : SLOTS));
        }
        Plan plan = bursts(seed, time);
        return of(seed, plan.accounts(), plan.traffic(), changes, TALKING);
    }

    /// A new account every hour, whose people talk half as long again as is supposed at first.
    private static Plan coldStarts(long seed, Duration time) {
        List<Account> accounts =
                IntStream.range(0, (int) time.toHours())
                        .mapToObj(i -> new AccountId("acc" + i))
                        .map(id -> Account.named(id).withConcurrencyLimit(SLOTS))
                        .toList();
        List<Traffic> traffic = new ArrayList<>();
        for (int i = 0; i < accounts.size(); i++) {
            Duration from = HOUR.multipliedBy(i);
            Poisson first = poisson(5, from, from.plus(HOUR));
            traffic.add(Traffic.direct(accounts.get(i).id(), first));
        }
        People slow = People.talking(new Exponential(Duration.ofSeconds(90)));
        return of(seed, accounts, traffic, List.of(), slow);
    }

    private static Plan retries(long seed, Duration time) {
        People people =
                new People(
                        new Shares(0.25, 0.25, 0, 0),
                        Spread.always(Duration.ofMillis(500)),
                        new Exponential(Duration.ofSeconds(8)),
                        Spread.always(Duration.ofSeconds(30)),
                        new Exponential(MINUTE),
                        Spread.always(Duration.ZERO));
        Traffic calls =
                new Traffic(AccountId.DEFAULT, null, poisson(6, Duration.ZERO, time), null, 3);
        return plan(seed, people, calls);
    }

    private static Plan plan(long seed, People people, Traffic... traffic) {
        Account account = Account.named(AccountId.DEFAULT).withConcurrencyLimit(SLOTS);
        return of(seed, List.of(account), List.of(traffic), List.of(), people);
    }

    private static Plan of(
            long seed,
            List<Account> accounts,
            List<Traffic> traffic,
            List<LimitChange> changes,
            People people) {
        return new Plan(
                seed,
                START,
                Duration.ofDays(3_650),
                Duration.ZERO,
                new Capacity(100_000, 2, null, null),
                accounts,
                List.of(),
                traffic,
                changes,
                people,
                RetryPolicy.DEFAULT);
    }

    private static Traffic load(double slots, Duration time) {
        return Traffic.direct(AccountId.DEFAULT, poisson(slots, Duration.ZERO, time));
    }

    /// @param perMinute how many slots they would keep busy, each talking for a minute
    private static Poisson poisson(double perMinute, Duration from, Duration until) {
        return new Poisson(perMinute / MINUTE.toSeconds(), from, until);
    }

    private static Bursts hourly(int calls, Duration time) {
        return new Bursts(calls, HOUR, HOUR, Math.max(1, (int) time.toHours() - 1));
    }
}
