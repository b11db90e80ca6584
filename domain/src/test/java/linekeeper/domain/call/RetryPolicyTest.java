package linekeeper.domain.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.InvalidValue;
import linekeeper.domain.LeaseToken;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.ProviderName;
import linekeeper.domain.queue.Backoff;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// After what, when and how often a person is dialed again (F3).
final class RetryPolicyTest {
    private static final Instant NOW = Instant.parse("2026-10-25T00:59:59Z");
    private static final Outcome BUSY = new Outcome.Busy();
    private static final RetryPolicy POLICY =
            new RetryPolicy(
                    Map.of(
                            CallStatus.BUSY, minutes(5, 15),
                            CallStatus.FAILED, minutes(1, 60)));

    @Test
    void waitsLongerWithEveryAttempt() {
        assertThat(POLICY.nextDue(ended(BUSY, 1, 9))).contains(NOW.plusSeconds(300));
        assertThat(POLICY.nextDue(ended(BUSY, 2, 9))).contains(NOW.plusSeconds(600));
        assertThat(POLICY.nextDue(ended(BUSY, 3, 9))).contains(NOW.plusSeconds(900));
        assertThat(POLICY.nextDue(ended(BUSY, 8, 9))).contains(NOW.plusSeconds(900));
    }

    @Test
    void countsAllOutcomesAgainstOneBudget() {
        assertThat(POLICY.nextDue(ended(BUSY, 1, 1))).isEmpty();
        assertThat(POLICY.nextDue(ended(BUSY, 2, 3))).isPresent();
        assertThat(POLICY.nextDue(ended(failed("PROVIDER_FAILED"), 3, 3))).isEmpty();
    }

    @Test
    void takesWhatItDoesNotNameForFinal() {
        assertThat(POLICY.nextDue(ended(new Outcome.NoAnswer(), 1, 9))).isEmpty();
        assertThat(POLICY.nextDue(ended(new Outcome.Voicemail(), 1, 9))).isEmpty();
        assertThat(POLICY.nextDue(ended(new Outcome.Completed(), 1, 9))).isEmpty();
        assertThat(POLICY.nextDue(ended(new Outcome.Cancelled(), 1, 9))).isEmpty();
        assertThat(RetryPolicy.NONE.nextDue(ended(BUSY, 1, 9))).isEmpty();
    }

    @Test
    void triesOnlyFailuresAgainInWhichNobodyWasCalledAndThatMayPass() {
        for (String code : new String[] {"DIAL_NOT_PLACED", "PROVIDER_FAILED", "BOLNA_ERROR"}) {
            assertThat(POLICY.nextDue(ended(failed(code), 1, 9))).as(code).isPresent();
        }
        for (String code :
                new String[] {
                    "DIAL_UNCONFIRMED",
                    "RELEASED_BY_OPERATOR",
                    "EXECUTION_LOST",
                    "INVALID_NUMBER",
                    "PROVIDER_REFUSED"
                }) {
            assertThat(POLICY.nextDue(ended(failed(code), 1, 9))).as(code).isEmpty();
        }
    }

    @Test
    void makesNoAttemptThatWouldBeTooLate() {
        assertThat(due(new Timing(null, NOW.plusSeconds(300)))).isEmpty();
        assertThat(due(new Timing(null, NOW.plusSeconds(301)))).contains(NOW.plusSeconds(300));
    }

    @Test
    void leavesVoicemailAloneUnlessAsked() {
        assertThat(RetryPolicy.DEFAULT.delays())
                .containsOnlyKeys(CallStatus.BUSY, CallStatus.NO_ANSWER, CallStatus.FAILED);
    }

    @Test
    void refusesOutcomesAndDelaysThatMakeNoSense() {
        assertThatThrownBy(() -> new RetryPolicy(Map.of(CallStatus.COMPLETED, minutes(1, 2))))
                .isInstanceOf(InvalidValue.class)
                .hasMessage("retry.on.completed is not an outcome that can be tried again");
        Backoff hasty = new Backoff(Duration.ofMillis(999), Duration.ofDays(1));
        assertThatThrownBy(() -> new RetryPolicy(Map.of(CallStatus.BUSY, hasty)))
                .hasMessage("retry.on.busy delays must be PT1S to P30D");
        Backoff endless = new Backoff(Duration.ofDays(1), Duration.ofDays(31));
        assertThatThrownBy(() -> new RetryPolicy(Map.of(CallStatus.BUSY, endless)))
                .isInstanceOf(InvalidValue.class);
    }

    @Test
    void doublesUpToADayUnlessTheFirstDelayIsLonger() {
        assertThat(RetryPolicy.doubling(Duration.ofHours(20)).delay(1))
                .isEqualTo(Duration.ofDays(1));
        assertThat(RetryPolicy.doubling(Duration.ofDays(3)).delay(1)).isEqualTo(Duration.ofDays(3));
    }

    private static Optional<Instant> due(Timing timing) {
        return POLICY.nextDue(ended(BUSY, 1, 9, timing));
    }

    private static Outcome failed(String code) {
        return new Outcome.Failed(new Failure(code, "why"));
    }

    private static EndedCall ended(Outcome outcome, int attempt, int maxAttempts) {
        return ended(outcome, attempt, maxAttempts, Timing.ANY);
    }

    private static EndedCall ended(Outcome outcome, int attempt, int maxAttempts, Timing timing) {
        CallRequest request =
                new CallRequest(
                        new CallKey(AccountId.DEFAULT, new CallId("a")),
                        new Recipient(new PhoneNumber("+14155550100"), null, null),
                        Routing.DEFAULT,
                        Grouping.NONE,
                        timing,
                        100,
                        maxAttempts,
                        UserData.EMPTY);
        AcceptedCall accepted = new AcceptedCall(request, new ProviderName("bolna"), NOW);
        return new QueuedCall(accepted, attempt, NOW, 0)
                .reserve(new LeaseToken(1), NOW)
                .end(outcome, CallFacts.NONE, NOW);
    }

    private static Backoff minutes(int first, int longest) {
        return new Backoff(Duration.ofMinutes(first), Duration.ofMinutes(longest));
    }
}
