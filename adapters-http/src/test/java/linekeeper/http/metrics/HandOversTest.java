package linekeeper.http.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.LeaseToken;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.AcceptedCall;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.Grouping;
import linekeeper.domain.call.Recipient;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.Routing;
import linekeeper.domain.call.Slot;
import linekeeper.domain.call.Timing;
import linekeeper.domain.call.UserData;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

/// From a slot that became free to the dial that took it (D7).
class HandOversTest {
    private static final Instant START = Instant.parse("2025-10-26T00:59:59Z");

    private final HandOvers handOvers = new HandOvers();

    @Test
    void timesASlotFromOneCallToTheNext() {
        handOvers.freed(AccountId.DEFAULT, at(100));

        assertThat(handOvers.dialing(call(0, 105), at(120))).contains(Duration.ofMillis(20));
        assertThat(handOvers.dialing(call(0, 105), at(130))).isEmpty();
    }

    @Test
    void takesNothingFromACallThatWasNotWaitingThen() {
        handOvers.freed(AccountId.DEFAULT, at(100));

        assertThat(handOvers.dialing(call(5_000, 5_000), at(5_001))).isEmpty();
    }

    @Test
    void takesNothingFromACallThatHadItsSlotBefore() {
        handOvers.freed(AccountId.DEFAULT, at(100));

        assertThat(handOvers.dialing(call(0, 99), at(120))).isEmpty();
        assertThat(handOvers.dialing(call(0, 101), at(121))).contains(Duration.ofMillis(21));
    }

    @Test
    void keepsAccountsApart() {
        handOvers.freed(new AccountId("other"), at(100));

        assertThat(handOvers.dialing(call(0, 105), at(120))).isEmpty();
    }

    @Test
    void leavesASlotBehindThatAnotherNodeTook() {
        handOvers.freed(AccountId.DEFAULT, at(100));
        handOvers.freed(AccountId.DEFAULT, at(9_000));

        assertThat(handOvers.dialing(call(0, 9_001), at(9_004))).contains(Duration.ofMillis(4));
    }

    @Test
    void forgetsASlotThatNobodyWaitedFor() {
        handOvers.freed(AccountId.DEFAULT, at(0));

        assertThat(handOvers.dialing(call(0, 60_001), at(60_001))).isEmpty();
    }

    private static ReservedCall call(long due, long reserved) {
        CallRequest request =
                new CallRequest(
                        new CallKey(AccountId.DEFAULT, new CallId("c")),
                        new Recipient(new PhoneNumber("+14155550100"), null, null),
                        Routing.DEFAULT,
                        Grouping.NONE,
                        Timing.ANY,
                        100,
                        1,
                        new UserData("{}"));
        return new ReservedCall(
                new AcceptedCall(request, new ProviderName("bolna"), START),
                1,
                new Slot(new LeaseToken(1), at(reserved), at(due)),
                0);
    }

    private static Instant at(long millis) {
        return START.plusMillis(millis);
    }
}
