package linekeeper.application.planning;

import linekeeper.application.planning.Arrivals.Poisson;
import linekeeper.application.planning.Plan.Capacity;
import linekeeper.application.planning.Spread.Exponential;
import linekeeper.domain.AccountId;
import linekeeper.domain.CampaignId;
import linekeeper.domain.account.Account;
import linekeeper.domain.call.CallType;
import linekeeper.domain.call.RetryPolicy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Where queueing theory is exact, what does the simulation say (G2)? Mean waits of calls that come one by
/// one at random and are talked for exponentially long, a minute in the mean.
public final class Theory {
    private static final Duration TALK = Duration.ofMinutes(1);
    private static final Instant START = Instant.parse("2026-10-24T22:00:00Z");

    /// Erlang's points have direct calls only, Cobham's one slot and both kinds.
    public static final List<Point> POINTS =
            List.of(
                    new Point(1, 0.3, 0),
                    new Point(1, 0.5, 0),
                    new Point(2, 0.8, 0),
                    new Point(2, 1.0, 0),
                    new Point(3, 1.5, 0),
                    new Point(5, 2.5, 0),
                    new Point(8, 4.8, 0),
                    new Point(1, 0.2, 0.2),
                    new Point(1, 0.1, 0.4),
                    new Point(1, 0.3, 0.2));

    private Theory() {}

    /// @param calls in all, over `runs` runs of seeds from `seed` on
    /// @param runs at least 2
    public static List<Compared> compare(Point point, long seed, int runs, long calls) {
        List<PlanResult> results = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            results.add(PlanRun.of(point.plan(seed + run, calls / runs)));
        }
        List<Compared> compared = new ArrayList<>();
        compared.add(compared(point, CallType.DIRECT, results));
        if (point.campaign > 0) {
            compared.add(compared(point, CallType.CAMPAIGN, results));
        }
        return compared;
    }

    private static Compared compared(Point point, CallType type, List<PlanResult> results) {
        double[] means = results.stream().mapToDouble(result -> meanWait(result, type)).toArray();
        double sum = 0;
        double squares = 0;
        for (double mean : means) {
            sum += mean;
            squares += mean * mean;
        }
        double mean = sum / means.length;
        double variance = (squares - means.length * mean * mean) / (means.length - 1);
        double error = Math.sqrt(Math.max(0, variance) / means.length);
        return new Compared(point, type, point.meanWait(type), mean, error);
    }

    private static double meanWait(PlanResult result, CallType type) {
        return Objects.requireNonNull(result.waits().get(type)).mean().toNanos() / 1e9;
    }

    /// The probability that a call has to wait (Erlang C), for a load in slots that would be busy.
    static double erlangC(int slots, double load) {
        double term = 1;
        double sum = 1;
        for (int k = 1; k < slots; k++) {
            term *= load / k;
            sum += term;
        }
        double waiting = term * load / slots * slots / (slots - load);
        return waiting / (sum + waiting);
    }

    /// @param direct load, in slots that would be busy
    /// @param campaign likewise; 0: none; else `slots` is 1
    public record Point(int slots, double direct, double campaign) {
        /// Erlang C: a call waits with probability C, and then 1 / (c µ - λ) in the mean. Cobham: who comes
        /// finds W0 = ρ / µ of work under way; direct calls wait W0 / (1 - ρ1), the others
        /// W0 / ((1 - ρ1) (1 - ρ)).
        double meanWait(CallType type) {
            double talk = TALK.toSeconds();
            double load = direct + campaign;
            if (campaign == 0) {
                return erlangC(slots, load) * talk / (slots - load);
            }
            double ofDirect = load * talk / (1 - direct);
            return type == CallType.DIRECT ? ofDirect : ofDirect / (1 - load);
        }

        private Plan plan(long seed, long calls) {
            double seconds = calls * TALK.toSeconds() / (direct + campaign);
            Duration time = Duration.ofSeconds((long) seconds);
            List<Traffic> traffic = new ArrayList<>();
            traffic.add(Traffic.direct(AccountId.DEFAULT, poisson(direct, time)));
            if (campaign > 0) {
                CampaignId id = new CampaignId("autumn");
                traffic.add(Traffic.of(AccountId.DEFAULT, id, poisson(campaign, time)));
            }
            Account account = Account.named(AccountId.DEFAULT).withConcurrencyLimit(slots);
            return new Plan(
                    seed,
                    START,
                    Duration.ofDays(36_500),
                    time.dividedBy(20),
                    new Capacity(100_000, 2, null, null),
                    List.of(account),
                    List.of(),
                    traffic,
                    List.of(),
                    People.talking(new Exponential(TALK)),
                    RetryPolicy.DEFAULT);
        }

        private static Poisson poisson(double load, Duration time) {
            return new Poisson(load / TALK.toSeconds(), Duration.ZERO, time);
        }
    }

    /// Mean waits in seconds.
    ///
    /// @param standardError of the simulated one, from the spread of the runs
    public record Compared(
            Point point, CallType type, double theory, double simulated, double standardError) {
        /// How far the simulation is off, as a share of the theory's.
        public double error() {
            return simulated / theory - 1;
        }

        public boolean isWithin(double share) {
            return Math.abs(error()) <= share;
        }
    }
}
