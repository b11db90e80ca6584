package linekeeper.domain.call;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.CampaignId;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.LeaseToken;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.ProviderName;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/// A call's states and the ways between them (B1, H1, H3).
final class CallTest {
    private static final Instant NOW = Instant.parse("2026-10-25T00:59:59Z");
    private static final ProviderName PROVIDER = new ProviderName("bolna");
    private static final ExecutionId EXECUTION = new ExecutionId(PROVIDER, "x");
    private static final CallRequest REQUEST =
            CallRequest.direct(
                    new CallKey(AccountId.DEFAULT, new CallId("a")),
                    new Recipient(new PhoneNumber("+14155550100"), null, null));

    private final ReservedCall reserved =
            new AcceptedCall(REQUEST, PROVIDER, NOW).enqueue().reserve(new LeaseToken(1), NOW);

    @Test
    void keepsItsSlotWhileTheAnswerIsUnknown() {
        UnconfirmedCall unknown = reserved.unconfirmed(NOW.plusSeconds(15));

        assertThat(unknown.slot()).isEqualTo(reserved.slot());
        assertThat(unknown.status()).isEqualTo(CallStatus.DIAL_UNKNOWN);
    }

    @Test
    void neverMovesBackward() {
        ActiveCall answered = advanced(bound(), Progress.ANSWERED);

        assertThat(answered.advance(Progress.RINGING, CallFacts.NONE, NOW)).isEmpty();
        assertThat(answered.advance(Progress.ANSWERED, CallFacts.NONE, NOW)).isEmpty();
        assertThat(answered.advance(Progress.DISCONNECTED, CallFacts.NONE, NOW)).isPresent();
    }

    @Test
    void learnsOnTheWayWhatItDidNotKnow() {
        ActiveCall answered = advanced(bound(), Progress.ANSWERED);

        ActiveCall knowing = answered.learn(answeredBy("machine_start"), NOW).orElseThrow();

        assertThat(knowing.progress()).isEqualTo(Progress.ANSWERED);
        assertThat(knowing.facts().answeredBy()).isEqualTo("machine_start");
        assertThat(knowing.learn(answeredBy("human"), NOW)).isEmpty();
        assertThat(knowing.learn(CallFacts.NONE, NOW)).isEmpty();
    }

    @Test
    void callsItAVoicemailWhatAMachineAnswered() {
        Outcome completed = new Outcome.Completed();

        assertThat(completed.given(answeredBy("machine"))).isEqualTo(new Outcome.Voicemail());
        assertThat(completed.given(answeredBy("machine_end_beep")))
                .isEqualTo(new Outcome.Voicemail());
        assertThat(completed.given(answeredBy("human"))).isEqualTo(completed);
        assertThat(completed.given(answeredBy("fax"))).isEqualTo(completed);
        assertThat(completed.given(CallFacts.NONE)).isEqualTo(completed);
        assertThat(new Outcome.Busy().given(answeredBy("machine"))).isEqualTo(new Outcome.Busy());
    }

    @Test
    void staysInProgressUntilTheFinalReport() {
        assertThat(advanced(bound(), Progress.DISCONNECTED).status())
                .isEqualTo(CallStatus.IN_PROGRESS);
    }

    @Test
    void remembersWhenItsSlotWasTaken() {
        EndedCall ended = bound().end(new Outcome.Busy(), CallFacts.NONE, NOW.plusSeconds(30));

        assertThat(ended.span().held()).isEqualTo(Duration.ofSeconds(30));
        assertThat(ended.status().terminal()).isTrue();
        assertThat(ended.execution()).isEqualTo(EXECUTION);
    }

    @Test
    void addsLateFactsAndNothingElse() {
        CallFacts late = new CallFacts(null, null, null, null, BigDecimal.TEN, null);
        EndedCall ended = bound().end(new Outcome.Completed(), CallFacts.NONE, NOW);

        EndedCall amended = ended.amend(late).orElseThrow();

        assertThat(amended.facts().cost()).isEqualTo(BigDecimal.TEN);
        assertThat(amended.amend(new CallFacts(null, null, null, null, BigDecimal.ONE, null)))
                .isEmpty();
        assertThat(amended.status()).isEqualTo(CallStatus.COMPLETED);
    }

    @Test
    void countsHowOftenItWasPutBack() {
        QueuedCall again = reserved.requeue(Duration.ofSeconds(2), NOW);

        assertThat(again.dueAt()).isEqualTo(NOW.plusSeconds(2));
        assertThat(again.deferrals()).isEqualTo(1);
        assertThat(again.attempt()).isEqualTo(1);
    }

    @Test
    void namesTheFieldsInWhichTwoRequestsDiffer() {
        CallRequest other =
                new CallRequest(
                        REQUEST.key(),
                        new Recipient(new PhoneNumber("+14155550101"), null, "Asha"),
                        REQUEST.routing(),
                        new Grouping(new CampaignId("c"), null),
                        new Timing(null, NOW),
                        7,
                        2,
                        new UserData("{\"a\":1}"));

        assertThat(REQUEST.differencesFrom(other))
                .containsExactly(
                        "phone_number",
                        "contact_name",
                        "campaign_id",
                        "expires_at",
                        "priority",
                        "max_attempts",
                        "user_data");
        assertThat(REQUEST.differencesFrom(REQUEST)).isEmpty();
    }

    private static CallFacts answeredBy(String who) {
        return new CallFacts(null, null, who, null, null, null);
    }

    private ActiveCall bound() {
        return reserved.bind(EXECUTION, null, NOW);
    }

    private static ActiveCall advanced(ActiveCall call, Progress progress) {
        return call.advance(progress, CallFacts.NONE, NOW).orElseThrow();
    }
}
