package linekeeper.application.contract;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.PROVIDER;
import static linekeeper.application.contract.TestCalls.aCall;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.Change;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Intake.Candidate;
import linekeeper.application.port.Slots.Accounts;
import linekeeper.application.port.Slots.Claim;
import linekeeper.application.port.Slots.EveryAccount;
import linekeeper.application.port.Slots.Overdue;
import linekeeper.domain.AccountId;
import linekeeper.domain.CampaignId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.Progress;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.TimelineEvent;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Slots are given out in order and never beyond a limit (B1, B3, D2, D3, D8).
public abstract class SlotsContract extends StoresContract {
    @Test
    void reservesDirectCallsFirstThenByPriorityThenInOrder() {
        queued(aCall("campaign").ofCampaign("autumn").prioritised(900));
        queued(aCall("first"));
        queued(aCall("second"));
        queued(aCall("urgent").prioritised(200));
        stores.accounts().update(AccountId.DEFAULT, account -> account.withConcurrencyLimit(10));

        assertThat(ids(claim(10))).containsExactly("urgent", "first", "second", "campaign");
    }

    @Test
    void givesOutNoMoreThanTheAccountsLimit() {
        for (int i = 0; i < 5; i++) {
            queued(aCall("c" + i));
        }

        assertThat(ids(claim(10))).containsExactly("c0", "c1");
        assertThat(claim(10).calls()).isEmpty();
    }

    @Test
    void givesOutNoMoreThanTheSystemsLimitAndShares() {
        for (String account : List.of("one", "two", "three")) {
            account(account, 5);
            for (int i = 0; i < 4; i++) {
                queued(aCall(account + i).of(account));
            }
        }

        Claim claim = claim(10);

        assertThat(claim.saturated()).isTrue();
        assertThat(ids(claim)).containsExactlyInAnyOrder("one0", "two0", "three0", "one1", "two1");
    }

    @Test
    void givesOutNoMoreThanTheProvidersLimit() {
        stores = freshStores(new Limits(5, 5, Map.of(PROVIDER, 1)));
        queued(aCall("a"));
        queued(aCall("b"));

        Claim claim = claim(10);

        assertThat(ids(claim)).containsExactly("a");
        assertThat(claim.saturated()).isTrue();
    }

    /// A limit that one account has says nothing about how many others get.
    @Test
    void servesManyAccountsAtOnce() {
        stores = freshStores(Limits.of(100, 1));
        for (int i = 0; i < 20; i++) {
            account("account" + i, 1);
            queued(aCall("c" + i).of("account" + i));
        }

        assertThat(claim(100).calls()).hasSize(20);
    }

    @Test
    void givesASlotThatAProvidersLimitLeavesFreeToACallOfAnotherProvider() {
        stores = freshStores(new Limits(10, 2, Map.of(PROVIDER, 1)));
        account("other", 2);
        queued(aCall("a"));
        queued(aCall("b").prioritised(50));
        queued(aCall("elsewhere").ofCampaign("autumn"), new ProviderName("spare"));
        queued(aCall("c").of("other"));
        queued(aCall("d").of("other").prioritised(50));
        queued(aCall("too").of("other").ofCampaign("autumn"), new ProviderName("spare"));

        assertThat(ids(claim(10))).containsExactlyInAnyOrder("a", "elsewhere", "too");
    }

    @Test
    void passesOverACampaignThatIsAtItsLimit() {
        stores.accounts().update(AccountId.DEFAULT, account -> account.withConcurrencyLimit(3));
        queued(aCall("a1").ofCampaign("a").prioritised(9));
        queued(aCall("a2").ofCampaign("a").prioritised(8));
        queued(aCall("b1").ofCampaign("b"));
        stores.limitCampaign(AccountId.DEFAULT, new CampaignId("a"), 1);

        assertThat(ids(claim(10))).containsExactly("a1", "b1");
    }

    @Test
    void givesOutNoMoreThanAsked() {
        queued(aCall("a"));
        queued(aCall("b"));

        assertThat(ids(claim(1))).containsExactly("a");
    }

    @Test
    void leavesCallsThatAreNotDueOrExpired() {
        queued(aCall("later").notBefore(NOW.plusSeconds(1)));
        queued(aCall("over").expiringAt(NOW));

        assertThat(claim(10).calls()).isEmpty();
        assertThat(
                        ids(
                                stores.engine()
                                        .slots()
                                        .claim(
                                                new EveryAccount(),
                                                ClaimTerms.of(10, () -> NOW.plusSeconds(1)))))
                .containsExactly("later");
    }

    @Test
    void looksOnlyAtTheNamedAccounts() {
        account("other", 1);
        queued(aCall("mine"));
        queued(aCall("theirs").of("other"));

        Claim claim =
                stores.engine()
                        .slots()
                        .claim(
                                new Accounts(Set.of(new AccountId("other"))),
                                ClaimTerms.of(10, () -> NOW));

        assertThat(ids(claim)).containsExactly("theirs");
    }

    @Test
    void givesAFreedSlotToTheNextCall() {
        ReservedCall a = reserved(aCall("a"));
        reserved(aCall("b"));
        queued(aCall("c"));

        assertThat(claim(10).calls()).isEmpty();
        end(a);

        assertThat(ids(claim(10))).containsExactly("c");
    }

    @Test
    void givesEveryReservationANewLease() {
        ReservedCall first = reserved(aCall("a"));
        change(first, first.requeue(Duration.ZERO, NOW), "put_back");

        ReservedCall second = claim(1).calls().getFirst();

        assertThat(second.slot().lease()).isNotEqualTo(first.slot().lease());
        assertThat(second.deferrals()).isEqualTo(1);
    }

    @Test
    void remembersSinceWhenACallCouldHaveHadItsSlot() {
        queued(aCall("planned").notBefore(NOW.plusSeconds(40)));
        Instant now = NOW.plusSeconds(100);

        stores.engine().slots().claim(new EveryAccount(), ClaimTerms.of(1, () -> now));

        LiveCall held = stores.engine().slots().held(AccountId.DEFAULT, 1).getFirst();
        assertThat(held.slot().dueAt()).isEqualTo(NOW.plusSeconds(40));
        assertThat(held.slot().waited()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void showsWhoHoldsSlots() {
        ReservedCall a = reserved(aCall("a"));
        var bound = bind(reserved(aCall("b")), "x");

        assertThat(stores.engine().slots().held(AccountId.DEFAULT, 10)).containsExactly(a, bound);
        assertThat(stores.engine().slots().anyUnbound(PROVIDER)).isTrue();

        end(a);

        assertThat(stores.engine().slots().held(AccountId.DEFAULT, 10)).containsExactly(bound);
        assertThat(stores.engine().slots().anyUnbound(PROVIDER)).isFalse();
    }

    @Test
    void countsWhoMayOwnAnExecutionFoundForANumber() {
        ReservedCall a = reserved(aCall("a"));
        reserved(aCall("b"));
        PhoneNumber number = a.accepted().request().recipient().phone();
        PhoneNumber another = new PhoneNumber("+919876543210");

        assertThat(stores.engine().slots().countUnbound(PROVIDER, number)).isEqualTo(2);
        assertThat(stores.engine().slots().countUnbound(PROVIDER, another)).isZero();
        assertThat(stores.engine().slots().countUnbound(new ProviderName("bolna"), number))
                .isZero();

        bind(a, "x");

        assertThat(stores.engine().slots().countUnbound(PROVIDER, number)).isEqualTo(1);
    }

    @Test
    void takesUnsettledSlotsOncePerPause() {
        ReservedCall a = reserved(aCall("a"));
        bind(reserved(aCall("b")), "x");
        Instant later = NOW.plusSeconds(60);
        Overdue unbound = new Overdue(later.minusSeconds(60), later.minusSeconds(600), later);

        assertThat(stores.engine().slots().putOff(AccountId.DEFAULT)).isEmpty();
        assertThat(take(unbound, later.plusSeconds(15))).containsExactly(a);
        assertThat(stores.engine().slots().putOff(AccountId.DEFAULT))
                .containsExactly(Map.entry(a.key(), later.plusSeconds(15)));
        assertThat(take(unbound, later.plusSeconds(15))).isEmpty();
        Overdue again =
                new Overdue(later.minusSeconds(60), NOW.minusSeconds(1), later.plusSeconds(15));
        assertThat(take(again, later.plusSeconds(30))).containsExactly(a);
    }

    @Test
    void takesSilentAndDisconnectedSlots() {
        var silent = bind(reserved(aCall("silent")), "x");
        var closed = bind(reserved(aCall("closed")), "y");
        var disconnected = closed.advance(Progress.DISCONNECTED, CallFacts.NONE, NOW).orElseThrow();
        change(closed, disconnected, "disconnected");
        Instant later = NOW.plusSeconds(60);

        assertThat(take(new Overdue(NOW, NOW.minusSeconds(1), later), later.plusSeconds(15)))
                .containsExactly(disconnected);
        assertThat(take(new Overdue(NOW, NOW, later), later.plusSeconds(15)))
                .containsExactly(silent);
    }

    /// Whoever asks the provider and notes that it does not know must not have it asked again at once.
    @Test
    void leavesASlotPutOffWhenItsTimelineGainsALine() {
        ReservedCall a = reserved(aCall("a"));
        Instant later = NOW.plusSeconds(60);
        Overdue unbound = new Overdue(NOW, NOW, later);
        assertThat(take(unbound, later.plusSeconds(15))).containsExactly(a);

        TimelineEvent asked = TimelineEvent.of(later, "asked");
        stores.engine().calls().change(a.key(), call -> Change.note(asked, true));

        assertThat(take(unbound, later.plusSeconds(15))).isEmpty();
        change(a, a.unconfirmed(later), "unconfirmed");
        assertThat(take(unbound, later.plusSeconds(15))).hasSize(1);
    }

    private List<LiveCall> take(Overdue overdue, Instant again) {
        return stores.engine().slots().takeUnsettled(overdue, again, 10);
    }

    private Claim claim(int most) {
        return stores.engine().slots().claim(new EveryAccount(), ClaimTerms.of(most, () -> NOW));
    }

    private void queued(TestCalls call) {
        queued(call, PROVIDER);
    }

    private void queued(TestCalls call, ProviderName provider) {
        stores.engine().intake().admit(new Candidate(call.build(), provider, NOW, null));
    }

    private static List<String> ids(Claim claim) {
        return claim.calls().stream().map(call -> call.key().call().value()).toList();
    }
}
