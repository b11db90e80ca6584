package linekeeper.domain.notice;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.LeaseToken;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.AcceptedCall;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Progress;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.Recipient;
import linekeeper.domain.call.ReservedCall;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What a backend is told follows from the states alone (A5).
final class AnnouncedTest {
    private static final Instant NOW = Instant.parse("2026-10-25T00:59:59Z");
    private static final ProviderName PROVIDER = new ProviderName("bolna");
    private static final QueuedCall QUEUED =
            new AcceptedCall(
                            CallRequest.direct(
                                    new CallKey(AccountId.DEFAULT, new CallId("a")),
                                    new Recipient(new PhoneNumber("+14155550100"), null, null)),
                            PROVIDER,
                            NOW)
                    .enqueue();
    private static final ReservedCall RESERVED = QUEUED.reserve(new LeaseToken(1), NOW);
    private static final ActiveCall BOUND =
            RESERVED.bind(new ExecutionId(PROVIDER, "x"), null, NOW);
    private static final EndedCall ENDED = BOUND.end(new Outcome.Completed(), CallFacts.NONE, NOW);

    @Test
    void tellsThatTheProviderHasIt() {
        assertThat(announced(RESERVED, BOUND, 3, 3))
                .containsExactly(new Announced(NoticeType.STARTED, 3));
        assertThat(announced(RESERVED.unconfirmed(NOW), BOUND, 4, 5))
                .containsExactly(new Announced(NoticeType.STARTED, 4));
    }

    @Test
    void tellsBeginningAndEndOfACallThatEndedAtOnce() {
        assertThat(announced(RESERVED, ENDED, 3, 4))
                .containsExactly(
                        new Announced(NoticeType.STARTED, 3), new Announced(NoticeType.ENDED, 4));
        assertThat(announced(RESERVED, ENDED, 3, 3))
                .containsExactly(new Announced(NoticeType.ENDED, 3));
    }

    @Test
    void tellsTheEndOfACallThatNobodyDialed() {
        assertThat(announced(QUEUED, QUEUED.withdraw(new Outcome.Cancelled(), NOW), 2, 2))
                .containsExactly(new Announced(NoticeType.ENDED, 2));
    }

    @Test
    void tellsOfAnAttemptWhenAnotherFollows() {
        QueuedCall again = new QueuedCall(QUEUED.accepted(), 2, NOW, 0);

        assertThat(announced(BOUND, again, 5, 6))
                .containsExactly(new Announced(NoticeType.ATTEMPT_ENDED, 6));
    }

    /// As when the provider's first word is that nobody answered.
    @Test
    void tellsTheBeginningOfAnAttemptThatEndedAtOnce() {
        QueuedCall again = new QueuedCall(QUEUED.accepted(), 2, NOW, 0);
        EndedCall unanswered = BOUND.end(new Outcome.NoAnswer(), CallFacts.NONE, NOW);
        EndedCall undialed = RESERVED.end(new Outcome.NoAnswer(), CallFacts.NONE, NOW);

        assertThat(Announced.of(new Step(RESERVED, again, unanswered), 3, 4))
                .containsExactly(
                        new Announced(NoticeType.STARTED, 3),
                        new Announced(NoticeType.ATTEMPT_ENDED, 4));
        assertThat(Announced.of(new Step(RESERVED, again, undialed), 3, 3))
                .containsExactly(new Announced(NoticeType.ATTEMPT_ENDED, 3));
    }

    @Test
    void saysNothingOfWhatABackendDoesNotAskFor() {
        QueuedCall putBack = RESERVED.requeue(Duration.ofSeconds(1), NOW);
        ActiveCall ringing = BOUND.advance(Progress.RINGING, CallFacts.NONE, NOW).orElseThrow();

        assertThat(announced(QUEUED, RESERVED, 2, 2)).isEmpty();
        assertThat(announced(RESERVED, putBack, 3, 3)).isEmpty();
        assertThat(announced(BOUND, ringing, 4, 4)).isEmpty();
        assertThat(announced(ENDED, ENDED, 6, 6)).isEmpty();
    }

    private static List<Announced> announced(Call before, Call after, long first, long last) {
        return Announced.of(new Step(before, after), first, last);
    }
}
