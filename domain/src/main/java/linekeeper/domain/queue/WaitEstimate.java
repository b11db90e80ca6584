package linekeeper.domain.queue;

import java.time.Duration;

/// When a waiting call will probably start, counted from now (D1, G1).
///
/// With `c` slots all taken, the call at position `n` starts when the `n`-th of them is freed. Calls that
/// come meanwhile and go first take `ρ` of the slots, so that what is ahead takes `1 / (1 - ρ)` as long:
/// a busy period. That moment is taken as gamma distributed. Its variance follows the variation of the
/// holding times, the chance in who overtakes, and how little both are known from what was observed; its
/// quantiles are Wilson and Hilferty's.
///
/// @param p50 as likely earlier as later
/// @param p90 nine in ten start by then
public record WaitEstimate(Duration p50, Duration p90) {
    private static final double Z50 = 0;
    private static final double Z90 = 1.2815515655446004;
    private static final Duration LONGEST = Duration.ofDays(30);

    /// Whoever is overtaken all the time is still told something.
    private static final double MOST_OVERTAKEN = 0.98;

    /// As if nobody overtook it.
    public static WaitEstimate of(int position, int slots, HoldingTime holding) {
        return of(new Line(position, slots, slots, 0), holding, Inflow.Rate.NONE);
    }

    /// @param overtaking calls that come later and go before this one
    public static WaitEstimate of(Line line, HoldingTime holding, Inflow.Rate overtaking) {
        if (line.slots < 1 || line.shared < 1) {
            return new WaitEstimate(LONGEST, LONGEST);
        }
        WaitEstimate alone = of(line, holding, new Share(0, Inflow.Rate.NONE, line.pace()));
        double taken = overtaking.perSecond() * holding.meanSeconds() / line.shared;
        double load = Math.min(taken, MOST_OVERTAKEN);
        double left = line.shared * (1 - load);
        return left >= line.slots
                ? alone
                : of(line, holding, new Share(load, overtaking, left)).notBefore(alone);
    }

    private static WaitEstimate of(Line line, HoldingTime holding, Share share) {
        double mean = line.freed() * holding.meanSeconds() / share.left;
        double shape = 1 / relative(line, holding, share);
        return new WaitEstimate(quantile(mean, shape, Z50), quantile(mean, shape, Z90));
    }

    /// The squared coefficient of variation of the whole.
    private static double relative(Line line, HoldingTime holding, Share share) {
        double variation = holding.variation();
        double load = share.load;
        double byOvertaking = load * (1 + variation) / (1 - load);
        double ofRate = load / (1 - load);
        double unknown = variation / holding.observations() / ((1 - load) * (1 - load));
        double unknownRate = ofRate * ofRate / Math.max(1, share.rate.observed());
        return (variation + byOvertaking) / line.freed() + unknown + unknownRate;
    }

    /// Not before `delay` has passed: the call is due only then.
    public WaitEstimate notBefore(Duration delay) {
        return new WaitEstimate(later(p50, delay), later(p90, delay));
    }

    /// To be overtaken makes nobody start sooner; the gamma's median would for a wide spread.
    private WaitEstimate notBefore(WaitEstimate other) {
        return new WaitEstimate(later(p50, other.p50), later(p90, other.p90));
    }

    /// The p50 in whole minutes, rounded up.
    public long minutes() {
        return p50.plus(Duration.ofMinutes(1)).minusNanos(1).toMinutes();
    }

    private static Duration quantile(double mean, double shape, double z) {
        double ninth = 1 / (9 * shape);
        double root = Math.max(0, 1 - ninth + z * Math.sqrt(ninth));
        double seconds = Math.min(mean * root * root * root, (double) LONGEST.toSeconds());
        return Duration.ofMillis(Math.round(seconds * 1_000));
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /// Where the call stands and what is ahead of it.
    ///
    /// @param position 1 is next
    /// @param slots how many such calls can be live at once; with 0, nothing starts: 30 days
    /// @param shared how many can be live at once of those that may overtake it and of its own kind
    /// @param tooMany live calls above `slots`, after a limit was lowered
    public record Line(int position, int slots, int shared, int tooMany) {
        public Line {
            if (position < 1 || tooMany < 0) {
                throw new IllegalArgumentException("position " + position + ", over " + tooMany);
            }
        }

        double pace() {
            return Math.min(slots, shared);
        }

        /// How many slots must be freed, at the pace of `slots`: the more there are too many of, the
        /// faster they go.
        double freed() {
            return position + slots * Math.log1p((double) tooMany / slots);
        }
    }

    /// @param load how much of the shared slots overtakers take
    /// @param left slots that are left to those who wait
    private record Share(double load, Inflow.Rate rate, double left) {}
}
