package linekeeper.application;

import static linekeeper.application.TestEngine.report;
import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.PROVIDER;
import static linekeeper.application.contract.TestCalls.aCall;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.contract.TestCalls;
import linekeeper.application.port.CallObserver;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.DialResult;
import linekeeper.application.port.Dialing;
import linekeeper.application.port.Slots.Claim;
import linekeeper.application.port.Wake;
import linekeeper.domain.AccountId;
import linekeeper.domain.LeaseToken;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Account;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.AcceptedCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.ReservedCall;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/// Whoever is next is dialed without a look by the dispatcher, which is woken for all that a commit left
/// free (B6, D2).
final class HandOnTest {
    private static final DialResult NOT_SENT = new DialResult.NotSent("down");

    private final List<String> seen = new ArrayList<>();
    private final DispatchGate gate = new DispatchGate();
    private final Noting noting = new Noting();
    private final Breakers breakers = new Breakers(Set.of(PROVIDER), noting, noting);
    private final GiveSlots slots = new GiveSlots(noting, gate, breakers, noting, () -> NOW);
    private final HandOn handOn = handOn();
    private int room = 2;

    @Test
    void hasTheNextCallDialedAndWakesNobody() {
        handOn.terms();

        handOn.over(List.of(live(aCall("a"))), claim(live(aCall("b"))));

        assertThat(seen).containsExactly("freed default", "reserved b", "dials b");
    }

    /// It came in between the look and the commit, perhaps: too late for the one, and too early to find the
    /// slot free itself.
    @Test
    void wakesTheDispatcherIfNobodyWaited() {
        handOn.terms();

        handOn.over(List.of(live(aCall("a"))), null);

        assertThat(seen).containsExactly("freed default", "wakes default");
    }

    @Test
    void wakesTheDispatcherForSlotsOfWhichNotAllWereTaken() {
        room = 9;
        handOn.terms();

        handOn.over(
                List.of(
                        live(aCall("a")),
                        live(aCall("b")),
                        live(aCall("c").of("other")),
                        live(aCall("d").of("other"))),
                claim(live(aCall("e")), live(aCall("f")), live(aCall("g").of("other"))));

        assertThat(seen).filteredOn(one -> one.startsWith("wakes")).containsExactly("wakes other");
    }

    /// Its campaign has a place free, though its account has none.
    @Test
    void wakesTheDispatcherIfACampaignsPlaceIsNotTakenAgain() {
        handOn.terms();

        handOn.over(List.of(live(aCall("a").ofCampaign("autumn"))), claim(live(aCall("b"))));

        assertThat(seen).contains("wakes default");
    }

    @Test
    void wakesTheDispatcherIfAProvidersPlaceIsNotTakenAgain() {
        handOn.terms();
        ReservedCall elsewhere = live(aCall("b"), new ProviderName("spare"));

        handOn.over(List.of(live(aCall("a"))), claim(elsewhere));

        assertThat(seen).contains("wakes default");
    }

    @Test
    void wakesTheDispatcherIfAsMuchWasGivenAsWasAllowed() {
        room = 1;
        handOn.terms();

        handOn.over(List.of(live(aCall("a"))), claim(live(aCall("b"))));

        assertThat(seen).contains("dials b", "wakes default");
    }

    @Test
    void leavesTheNextSlotToTheDispatcherOnceALimitIsReachedThatAccountsShare() {
        handOn.terms();

        handOn.over(List.of(live(aCall("a"))), new Claim(List.of(live(aCall("b"))), true, null, 0));

        assertThat(seen).contains("dials b", "wakes default");
        assertThat(handOn().terms()).isNull();
        Objects.requireNonNull(slots.offer()).over(new Claim(List.of(), false));
        assertThat(handOn().terms()).isNotNull();
    }

    @Test
    void wakesTheDispatcherForWhenAPaceLetsAnotherCallGo() {
        handOn.terms();

        handOn.over(List.of(live(aCall("a"))), new Claim(List.of(), false, NOW.plusSeconds(3), 0));

        assertThat(seen).contains("wakes at " + NOW.plusSeconds(3));
    }

    @Test
    void tellsOfCallsThatWerePassedOver() {
        handOn.terms();

        handOn.over(
                List.of(live(aCall("a"))), new Claim(List.of(live(aCall("b"))), false, null, 7));

        assertThat(seen).contains("passed over 7");
    }

    @Test
    void givesNothingOutBehindAClosedGateOrWithoutRoomToDial() {
        gate.close();
        assertThat(handOn.terms()).isNull();
        handOn.over(List.of(live(aCall("a"))), null);

        room = 0;
        assertThat(new HandOn(open(), noting, noting, NOW).terms()).isNull();

        assertThat(seen).containsExactly("freed default", "wakes default");
    }

    private GiveSlots open() {
        return new GiveSlots(noting, new DispatchGate(), breakers, noting, () -> NOW);
    }

    /// A probe that was lent for a claim that failed is there for the next.
    @Test
    void givesAProvidersProbeBackWhateverCameOfTheClaim() {
        IntStream.range(0, 5).forEach(any -> breakers.dialed(PROVIDER, NOT_SENT, NOW));
        Instant later = NOW.plusSeconds(3600);
        GiveSlots then = new GiveSlots(noting, gate, breakers, noting, () -> later);
        HandOn failing = new HandOn(then, noting, noting, later);
        assertThat(roomOf(failing.terms())).isEqualTo(1);
        assertThat(roomOf(new HandOn(then, noting, noting, later).terms())).isZero();

        failing.over(List.of(), null);

        assertThat(roomOf(new HandOn(then, noting, noting, later).terms())).isEqualTo(1);
    }

    private static int roomOf(@Nullable ClaimTerms terms) {
        return Objects.requireNonNull(terms).room().of(PROVIDER);
    }

    private HandOn handOn() {
        return new HandOn(slots, noting, noting, NOW);
    }

    private static Claim claim(ReservedCall... calls) {
        return new Claim(List.of(calls), false);
    }

    private static ReservedCall live(TestCalls call) {
        return live(call, PROVIDER);
    }

    private static ReservedCall live(TestCalls call, ProviderName provider) {
        return new AcceptedCall(call.build(), provider, NOW)
                .enqueue()
                .reserve(new LeaseToken(1), NOW);
    }

    private final class Noting implements CallObserver, Wake, Dialing {
        @Override
        public void slotFreed(AccountId account, Instant now) {
            seen.add("freed " + account);
        }

        @Override
        public void reserved(ReservedCall call) {
            seen.add("reserved " + call.key().call());
        }

        @Override
        public void passedOver(int calls) {
            seen.add("passed over " + calls);
        }

        @Override
        public void submit(ReservedCall call) {
            seen.add("dials " + call.key().call());
        }

        @Override
        public int room() {
            return room;
        }

        @Override
        public void dispatch(AccountId account) {
            seen.add("wakes " + account);
        }

        @Override
        public void dispatchAt(Instant at) {
            seen.add("wakes at " + at);
        }
    }

    /// By the engine as a whole.
    @Nested
    final class AnEnd {
        @Test
        void handsItsSlotOnAndWakesNobody() {
            TestEngine engine = with(Limits.of(10, 1));
            engine.dialed(aCall("a"));
            engine.start(aCall("b"));

            engine.webhook(report("a", new Outcome.Completed()));

            assertThat(engine.handedOver)
                    .extracting(call -> call.key().call().value())
                    .containsExactly("b");
            assertThat(engine.woken).isEmpty();
        }

        @Test
        void wakesTheDispatcherIfNobodyWaits() {
            TestEngine engine = with(Limits.of(10, 1));
            engine.dialed(aCall("a"));

            engine.webhook(report("a", new Outcome.Completed()));

            assertThat(engine.woken).containsExactly(AccountId.DEFAULT);
        }

        @Test
        void leavesItsSlotToTheDispatcherOfAnotherNodeIfThisOneStops() {
            TestEngine engine = with(Limits.of(10, 1));
            engine.dialed(aCall("a"));
            engine.start(aCall("b"));
            engine.engine.gate().close();

            engine.webhook(report("a", new Outcome.Completed()));

            assertThat(engine.call("b")).isInstanceOf(QueuedCall.class);
            assertThat(engine.woken).containsExactly(AccountId.DEFAULT);
        }

        /// An account that has a slot would keep it for ever, as long as anybody of its own waits.
        @Test
        void keepsNoSlotInItsAccountThatAnotherOneHasWaitedForLonger() {
            TestEngine engine = with(Limits.of(1, 5));
            engine.stores.accounts().create(Account.named(new AccountId("other")));
            engine.dialed(aCall("a"));
            engine.start(aCall("theirs").of("other"));
            engine.pass(Duration.ofSeconds(1));
            engine.start(aCall("b"));
            engine.dispatch();

            engine.webhook(report("a", new Outcome.Completed()));
            engine.dispatch();

            assertThat(engine.handedOver)
                    .extracting(call -> call.key().call().value())
                    .containsExactly("theirs");
        }

        private TestEngine with(Limits limits) {
            return new TestEngine(limits, store -> store);
        }
    }
}
