package linekeeper.domain.queue;

import java.time.Duration;
import java.time.Instant;

/// Keeps calls to a [Rate]. Every call pays for one interval of time; time that passes unused is saved
/// up to the rate's burst. The claim's SQL counts tokens by the same formula; a shared contract suite
/// holds the two together.
///
/// @param paidUntil up to when the calls so far have paid; a time long past is a full bucket
public record TokenBucket(Rate rate, Instant paidUntil) {
    public static TokenBucket full(Rate rate) {
        return new TokenBucket(rate, Instant.EPOCH);
    }

    /// How many calls may be given out at `now`, 0 or more.
    public int tokens(Instant now) {
        Duration saved = rate.burst().minus(Duration.between(now, later(now)));
        return saved.isNegative() ? 0 : Math.toIntExact(saved.dividedBy(rate.interval()));
    }

    /// `calls` were given out at `now`.
    public TokenBucket take(int calls, Instant now) {
        return new TokenBucket(rate, later(now).plus(rate.interval().multipliedBy(calls)));
    }

    /// When there is a token, at the latest; past if there is one already.
    public Instant nextAt() {
        return paidUntil.plus(rate.interval()).minus(rate.burst());
    }

    private Instant later(Instant now) {
        return paidUntil.isAfter(now) ? paidUntil : now;
    }
}
