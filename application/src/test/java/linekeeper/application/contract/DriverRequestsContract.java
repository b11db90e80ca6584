package linekeeper.application.contract;

import static linekeeper.application.contract.TestCalls.NOW;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.DriverRequests;
import linekeeper.application.port.DriverRequests.Begun;
import linekeeper.application.port.DriverRequests.Different;
import linekeeper.application.port.DriverRequests.Entry;
import linekeeper.application.port.DriverRequests.Held;
import linekeeper.application.port.DriverRequests.Hold;
import linekeeper.application.port.DriverRequests.NoSuchAccount;
import linekeeper.application.port.DriverRequests.Opened;
import linekeeper.application.port.DriverRequests.Request;
import linekeeper.application.port.DriverRequests.Resumed;
import linekeeper.application.port.DriverRequests.Settled;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

/// A request to call drivers is carried out by one at a time, and known afterwards (A4, C1).
public abstract class DriverRequestsContract extends StoresContract {
    private static final Request REQUEST = new Request(AccountId.DEFAULT, "key-1", "f");
    private static final List<CallId> PLAN = List.of(new CallId("EL_1_x"), new CallId("EL_2_x"));
    private static final List<CallId> OTHER = List.of(new CallId("EL_1_x"), new CallId("EL_2_x_2"));
    private static final Instant UNTIL = NOW.plusSeconds(30);

    @Test
    void isHeldByOneUntilItsTimeIsOver() {
        Hold hold = begin();

        assertThat(open(NOW)).isEqualTo(new Held());
        assertThat(open(UNTIL.minusMillis(1))).isEqualTo(new Held());
        assertThat(requests().plan(hold, OTHER, UNTIL.plusSeconds(1))).isTrue();
        assertThat(open(UNTIL)).isEqualTo(new Held());
        Resumed resumed = (Resumed) open(UNTIL.plusSeconds(1));
        assertThat(resumed.at()).isEqualTo(NOW);
        assertThat(resumed.calls()).isEqualTo(OTHER);
    }

    @Test
    void fencesWhoeverWasOvertakenOff() {
        Hold first = begin();
        Hold second = ((Resumed) open(UNTIL)).hold();

        assertThat(requests().plan(first, OTHER, UNTIL.plusSeconds(99))).isFalse();
        assertThat(requests().settle(first, List.of(new Entry(PLAN.getFirst(), null)))).isFalse();
        requests().leave(first, NOW);
        assertThat(open(UNTIL)).isEqualTo(new Held());
        assertThat(requests().plan(second, OTHER, UNTIL.plusSeconds(99))).isTrue();
    }

    @Test
    void tellsHowItEnded() {
        Hold hold = begin();
        List<Entry> entries =
                List.of(
                        new Entry(PLAN.getFirst(), null),
                        new Entry(new CallId("EL_2_x_3"), "other-call"),
                        new Entry(new CallId("EL_3_x"), Entry.TOO_MANY));

        assertThat(requests().settle(hold, entries)).isTrue();

        assertThat(open(NOW)).isEqualTo(new Settled(entries));
        assertThat(open(UNTIL.plusSeconds(99))).isEqualTo(new Settled(entries));
        assertThat(requests().settle(hold, entries)).isFalse();
        assertThat(requests().plan(hold, PLAN, UNTIL)).isFalse();
    }

    @Test
    void letsTheNextGoOnAtOnceWhenItIsLeft() {
        Hold hold = begin();
        requests().leave(hold, NOW.plusSeconds(1));

        assertThat(open(NOW.plusSeconds(1))).isInstanceOf(Resumed.class);
    }

    @Test
    void tellsOtherContentAndOtherAccountsApart() {
        account("shop", 1);
        begin();

        assertThat(open(new Request(AccountId.DEFAULT, "key-1", "g"), NOW))
                .isEqualTo(new Different());
        assertThat(open(new Request(AccountId.DEFAULT, "key-1", "g"), UNTIL))
                .isEqualTo(new Different());
        assertThat(open(new Request(new AccountId("shop"), "key-1", "g"), NOW))
                .isInstanceOf(Begun.class);
        assertThat(open(new Request(new AccountId("nobody"), "key-1", "g"), NOW))
                .isEqualTo(new NoSuchAccount());
    }

    @Test
    void forgetsOldRequests() {
        begin();

        assertThat(requests().removeBefore(NOW, 10)).isZero();
        assertThat(requests().removeBefore(NOW.plusMillis(1), 10)).isEqualTo(1);
        assertThat(open(NOW)).isInstanceOf(Begun.class);
    }

    private Hold begin() {
        return ((Begun) open(NOW)).hold();
    }

    private Opened open(Instant now) {
        return open(REQUEST, now);
    }

    private Opened open(Request request, Instant now) {
        return requests()
                .open(request, PLAN, now, now.isBefore(UNTIL) ? UNTIL : now.plusSeconds(30));
    }

    private DriverRequests requests() {
        return stores.driverRequests();
    }
}
