package linekeeper.application.contract;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.PROVIDER;
import static linekeeper.application.contract.TestCalls.aCall;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.Calls.Recorded;
import linekeeper.application.port.Change;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Intake.Candidate;
import linekeeper.application.port.ProviderRoom;
import linekeeper.domain.AccountId;
import linekeeper.domain.CampaignId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.TimelineEvent;
import linekeeper.domain.queue.Rate;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The commit that frees a slot gives it to whoever is next, within every limit (B6, D2, D3, D8).
public abstract class HandOverContract extends StoresContract {
    private static final ProviderName SPARE = new ProviderName("spare");

    private final TestSuccession succession = TestSuccession.ofAny();

    @Test
    void givesTheSlotOfACallThatEndsToTheNextInOrder() {
        ReservedCall a = reserved(aCall("a"));
        reserved(aCall("b"));
        queued(aCall("campaign").ofCampaign("autumn").prioritised(900));
        queued(aCall("first"));
        queued(aCall("urgent").prioritised(200));

        end(a, succession);

        assertThat(succession.freed()).containsExactly(a);
        assertThat(succession.ids()).containsExactly("urgent");
        assertThat(found("urgent")).contains(succession.given().getFirst());
        assertThat(timeline("urgent")).containsExactly("accepted", "reserved");
        assertThat(stores.engine().slots().held(AccountId.DEFAULT, 10)).hasSize(2);
    }

    @Test
    void handsTheSlotOfACallThatWasHandedItOnAgain() {
        ReservedCall a = reserved(aCall("a"));
        reserved(aCall("b"));
        queued(aCall("c"));
        queued(aCall("d"));
        end(a, succession);

        end(succession.given().getFirst(), succession);

        assertThat(succession.ids()).containsExactly("c", "d");
        assertThat(timeline("c")).containsExactly("accepted", "reserved", "ended");
    }

    @Test
    void isAskedAndToldOnce() {
        ReservedCall a = reserved(aCall("a"));

        end(a, succession);

        assertThat(succession.asked()).isEqualTo(1);
        assertThat(succession.told()).isEqualTo(1);
        assertThat(succession.freed()).containsExactly(a);
        assertThat(succession.given()).isEmpty();
    }

    @Test
    void isNeitherAskedNorToldWhereNoSlotComesFree() {
        ReservedCall a = reserved(aCall("a"));
        reserved(aCall("b"));
        queued(aCall("c"));

        change("a", a.unconfirmed(NOW));
        stores.engine()
                .calls()
                .change(
                        a.key(),
                        any -> Change.note(TimelineEvent.of(NOW, "noted"), true),
                        succession);
        QueuedCall c = (QueuedCall) found("c").orElseThrow();
        change("c", c.withdraw(new Outcome.Cancelled(), NOW));

        assertThat(succession.asked()).isZero();
        assertThat(succession.told()).isZero();
    }

    @Test
    void onlyFreesTheSlotIfNothingMayBeGivenOut() {
        ReservedCall a = reserved(aCall("a"));
        reserved(aCall("b"));
        queued(aCall("c"));
        TestSuccession closed = new TestSuccession(null);

        end(a, closed);

        assertThat(closed.freed()).containsExactly(a);
        assertThat(closed.told()).isEqualTo(1);
        assertThat(closed.claim()).isNull();
        assertThat(found("c").orElseThrow()).isInstanceOf(QueuedCall.class);
    }

    @Test
    void givesAFailingProviderNothing() {
        ReservedCall a = reserved(aCall("a"));
        reserved(aCall("b"));
        queued(aCall("c"));
        ProviderRoom none = new ProviderRoom(Map.of(PROVIDER, 0));
        TestSuccession failing = new TestSuccession(new ClaimTerms(500, none, () -> NOW));

        end(a, failing);

        assertThat(failing.freed()).containsExactly(a);
        assertThat(failing.given()).isEmpty();
        assertThat(found("c").orElseThrow()).isInstanceOf(QueuedCall.class);
    }

    @Test
    void keepsToAnAccountsLimitThatWasLowered() {
        ReservedCall a = reserved(aCall("a"));
        reserved(aCall("b"));
        queued(aCall("c"));
        stores.accounts().update(AccountId.DEFAULT, account -> account.withConcurrencyLimit(1));

        end(a, succession);

        assertThat(succession.told()).isEqualTo(1);
        assertThat(succession.given()).isEmpty();
    }

    @Test
    void passesOverACampaignThatIsAtItsLimit() {
        stores.limitCampaign(AccountId.DEFAULT, new CampaignId("a"), 1);
        reserved(aCall("a1").ofCampaign("a"));
        ReservedCall direct = reserved(aCall("direct"));
        queued(aCall("a2").ofCampaign("a").prioritised(9));
        queued(aCall("b1").ofCampaign("b").prioritised(1));

        end(direct, succession);

        assertThat(succession.ids()).containsExactly("b1");
    }

    @Test
    void givesNoMoreThanTheProvidersLimit() {
        stores = freshStores(new Limits(9, 2, Map.of(PROVIDER, 1)));
        reserved(aCall("a"));
        ReservedCall elsewhere = claimed(aCall("elsewhere"), SPARE);
        queued(aCall("b"));

        end(elsewhere, succession);

        assertThat(succession.told()).isEqualTo(1);
        assertThat(succession.given()).isEmpty();
    }

    @Test
    void givesNoMoreThanTheSystemsLimitAndTellsThatItIsReached() {
        stores = freshStores(Limits.of(2, 5));
        ReservedCall a = reserved(aCall("a"));
        reserved(aCall("b"));
        queued(aCall("c"));
        queued(aCall("d"));

        end(a, succession);

        assertThat(succession.ids()).containsExactly("c");
        assertThat(Optional.ofNullable(succession.claim()))
                .hasValueSatisfying(claim -> assertThat(claim.saturated()).isTrue());
    }

    @Test
    void givesOutNoMoreThanAllowed() {
        ReservedCall a = reserved(aCall("a"));
        reserved(aCall("b"));
        queued(aCall("c"));
        queued(aCall("d"));
        stores.accounts().update(AccountId.DEFAULT, account -> account.withConcurrencyLimit(9));
        TestSuccession one = new TestSuccession(ClaimTerms.of(1, () -> NOW));

        end(a, one);

        assertThat(one.ids()).containsExactly("c");
    }

    @Test
    void looksOnlyAtTheAccountWhoseSlotCameFree() {
        account("other", 1);
        queued(aCall("theirs").of("other"));
        ReservedCall a = reserved(aCall("a"));

        end(a, succession);

        assertThat(succession.given()).isEmpty();
    }

    @Test
    void tellsWhenAPaceLetsTheNextCallGo() {
        stores.paceCampaign(AccountId.DEFAULT, new CampaignId("slow"), Rate.perSecond("0.5"));
        ReservedCall first = reserved(aCall("first").ofCampaign("slow"));
        queued(aCall("second").ofCampaign("slow"));

        end(first, succession);

        assertThat(succession.given()).isEmpty();
        assertThat(Optional.ofNullable(succession.claim()))
                .hasValueSatisfying(
                        claim -> assertThat(claim.nextToken()).isEqualTo(NOW.plusSeconds(2)));
    }

    @Test
    void givesTheSlotOfAnAttemptToAnotherCallWhileTheNextAttemptIsNotDue() {
        ReservedCall a = reserved(aCall("a").attempts(2));
        reserved(aCall("b"));
        queued(aCall("c"));
        queued(aCall("d"));

        again(a, NOW.plusSeconds(60));

        assertThat(succession.ids()).containsExactly("c");
        assertThat(found("a").orElseThrow()).isEqualTo(a.again(NOW.plusSeconds(60)));
    }

    @Test
    void leavesTheSlotFreeIfOnlyTheNextAttemptWaitsAndIsNotDue() {
        ReservedCall a = reserved(aCall("a").attempts(2));

        again(a, NOW.plusSeconds(60));

        assertThat(succession.freed()).containsExactly(a);
        assertThat(succession.given()).isEmpty();
        assertThat(found("a").orElseThrow()).isInstanceOf(QueuedCall.class);
    }

    /// Whoever is put back takes its turn like everybody else.
    @Test
    void givesACallThatIsPutBackAnotherSlotIfItIsNext() {
        ReservedCall a = reserved(aCall("a"));

        change("a", a.requeue(Duration.ZERO, NOW));

        assertThat(succession.ids()).containsExactly("a");
        ReservedCall now = (ReservedCall) found("a").orElseThrow();
        assertThat(now.slot().lease()).isNotEqualTo(a.slot().lease());
        assertThat(now.deferrals()).isEqualTo(1);
        assertThat(timeline("a")).containsExactly("accepted", "reserved", "changed", "reserved");
        end(now, succession);
        assertThat(stores.engine().slots().held(AccountId.DEFAULT, 10)).isEmpty();
    }

    private void end(LiveCall call, TestSuccession successors) {
        stores.engine().calls().change(call.key(), TestCalls.ending(), successors);
    }

    private void again(LiveCall call, Instant dueAt) {
        stores.engine()
                .calls()
                .change(
                        call.key(),
                        current ->
                                Change.again(
                                        call.end(new Outcome.Busy(), CallFacts.NONE, NOW),
                                        call.again(dueAt),
                                        TimelineEvent.of(NOW, "attempt_ended"),
                                        true),
                        succession);
    }

    private void change(String id, Call next) {
        stores.engine()
                .calls()
                .change(
                        TestCalls.key(id),
                        current -> Change.to(next, TimelineEvent.of(NOW, "changed"), true),
                        succession);
    }

    private List<String> timeline(String id) {
        return stores.engine().calls().timeline(TestCalls.key(id), 0, 10).stream()
                .map(Recorded::event)
                .map(TimelineEvent::name)
                .toList();
    }

    private void queued(TestCalls call) {
        stores.engine().intake().admit(new Candidate(call.build(), PROVIDER, NOW, null));
    }

    private ReservedCall claimed(TestCalls call, ProviderName provider) {
        ClaimTerms terms = ClaimTerms.of(1, () -> NOW);
        return stores.engine()
                .intake()
                .admit(new Candidate(call.build(), provider, NOW, terms))
                .reserved()
                .getFirst();
    }
}
