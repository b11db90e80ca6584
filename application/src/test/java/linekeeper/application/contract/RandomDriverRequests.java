package linekeeper.application.contract;

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

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Requests to call drivers under a key: repeated, used for something else, left, carried on by another,
/// settled in time or too late (A4, C1).
final class RandomDriverRequests {
    private static final int MOST = 100;

    private final HistoryCourse course;
    private final List<Hold> holds = new ArrayList<>();

    RandomDriverRequests(HistoryCourse course) {
        this.course = course;
    }

    void one() {
        DriverRequests requests = course.node().driverRequests();
        if (course.once(2) || holds.isEmpty()) {
            course.answered(
                    "opened " + told(requests.open(request(), ids(), course.now(), soon())));
            return;
        }
        Hold hold = course.oneOf(holds);
        String of = " of " + hold.account() + hold.key();
        switch (course.random.nextInt(6)) {
            case 0, 1 -> course.answered("planned " + requests.plan(hold, ids(), soon()) + of);
            case 2, 3 -> course.answered("settled " + requests.settle(hold, entries()) + of);
            case 4 -> requests.leave(hold, course.now());
            default -> course.answered("forgot " + requests.removeBefore(ago(), MOST));
        }
    }

    private Request request() {
        AccountId account = course.once(9) ? new AccountId("nobody") : course.account();
        return new Request(account, "key-" + course.random.nextInt(3), fingerprint());
    }

    private String fingerprint() {
        return (course.once(6) ? "b" : "a").repeat(32);
    }

    private List<CallId> ids() {
        List<CallId> ids = new ArrayList<>();
        int size = 1 + course.random.nextInt(3);
        for (int i = 0; i < size; i++) {
            ids.add(new CallId("EL_d" + i + "_" + course.random.nextInt(1_000)));
        }
        return ids;
    }

    private List<Entry> entries() {
        return ids().stream()
                .map(
                        id ->
                                switch (course.random.nextInt(4)) {
                                    case 0 -> new Entry(id, Entry.TOO_MANY);
                                    case 1 -> new Entry(id, "c1");
                                    default -> new Entry(id, null);
                                })
                .toList();
    }

    private Instant soon() {
        return course.now().plusMillis(course.random.nextInt(4_000));
    }

    private Instant ago() {
        return course.now().minusMillis(course.random.nextInt(30_000));
    }

    /// The number of a hold is the store's own.
    private String told(Opened opened) {
        return switch (opened) {
            case Begun(Hold hold) -> "begun " + kept(hold);
            case Resumed(Hold hold, Instant at, List<CallId> calls) ->
                    "resumed " + kept(hold) + at + calls;
            case Settled settled -> settled.toString();
            case Held held -> "held";
            case Different different -> "different";
            case NoSuchAccount none -> "no account";
        };
    }

    private String kept(Hold hold) {
        holds.add(hold);
        return hold.account() + hold.key();
    }
}
