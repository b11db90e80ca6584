package linekeeper.domain.call;

import linekeeper.domain.InvalidValue;
import linekeeper.domain.queue.Backoff;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// After which outcomes of an attempt the person is dialed again, and how long after (F3). How often is
/// the call's own matter: its `max_attempts` is one budget for all outcomes together.
///
/// @param delays by outcome, `busy`, `no_answer`, `voicemail` or `failed`; an outcome that is not in it
///     is final. A delay doubles with every attempt of the call, up to its longest; both are one second
///     to 30 days
public record RetryPolicy(Map<CallStatus, Backoff> delays) {
    /// The outcomes that may be tried again.
    public static final Set<CallStatus> OUTCOMES =
            Set.of(CallStatus.BUSY, CallStatus.NO_ANSWER, CallStatus.VOICEMAIL, CallStatus.FAILED);

    /// Nothing waits longer than this unless somebody says so.
    public static final Duration USUAL_LONGEST = Duration.ofDays(1);

    /// No delay is shorter.
    public static final Duration SHORTEST = Duration.ofSeconds(1);

    /// No delay is longer.
    public static final Duration LONGEST = Duration.ofDays(30);

    /// Failures after which dialing again is of no use, or is not ours to decide: the person may have
    /// been called.
    private static final Set<String> FINAL_FAILURES =
            Set.of(
                    Failure.DIAL_UNCONFIRMED,
                    Failure.EXECUTION_LOST,
                    Failure.INVALID_NUMBER,
                    Failure.PROVIDER_REFUSED,
                    Failure.RELEASED_BY_OPERATOR);

    /// Every outcome is final.
    public static final RetryPolicy NONE = new RetryPolicy(Map.of());

    /// For calls whose campaign says nothing else: busy after 5 min, no answer after 30 min, failed
    /// after 1 min; voicemail is final.
    public static final RetryPolicy DEFAULT =
            new RetryPolicy(
                    Map.of(
                            CallStatus.BUSY, doubling(Duration.ofMinutes(5)),
                            CallStatus.NO_ANSWER, doubling(Duration.ofMinutes(30)),
                            CallStatus.FAILED, doubling(Duration.ofMinutes(1))));

    public RetryPolicy {
        Map<CallStatus, Backoff> ordered = new EnumMap<>(CallStatus.class);
        ordered.putAll(delays);
        ordered.forEach(RetryPolicy::check);
        delays = Collections.unmodifiableMap(ordered);
    }

    /// A delay that doubles up to the usual longest, or stays as it is if it is longer than that.
    public static Backoff doubling(Duration first) {
        return new Backoff(first, first.compareTo(USUAL_LONGEST) > 0 ? first : USUAL_LONGEST);
    }

    /// When the attempt after this one is due; empty: it was the last, for its outcome is final, the
    /// budget is spent, or the call would have expired by then.
    ///
    /// @param ended the attempt as if the call had ended with it
    public Optional<Instant> nextDue(EndedCall ended) {
        AcceptedCall call = ended.accepted();
        Backoff delay = delays.get(ended.status());
        if (delay == null || isFinal(ended.outcome()) || ended.attempt() >= call.maxAttempts()) {
            return Optional.empty();
        }
        Instant due = ended.span().endedAt().plus(delay.delay(ended.attempt() - 1));
        return call.request().timing().expired(due) ? Optional.empty() : Optional.of(due);
    }

    private static boolean isFinal(Outcome outcome) {
        return outcome instanceof Outcome.Failed(Failure failure)
                && FINAL_FAILURES.contains(failure.code());
    }

    private static void check(CallStatus outcome, Backoff delay) {
        String field = "retry.on." + outcome.wireName();
        if (!OUTCOMES.contains(outcome)) {
            throw new InvalidValue(field, "is not an outcome that can be tried again");
        }
        if (delay.first().compareTo(SHORTEST) < 0 || delay.longest().compareTo(LONGEST) > 0) {
            throw new InvalidValue(field, "delays must be PT1S to P30D");
        }
    }
}
