package linekeeper.bootstrap.demo;

import linekeeper.application.port.CallQueue;
import linekeeper.domain.AccountId;

/// One of the demo's accounts and what was seen of it.
final class Tenant {
    private final AccountId id;
    private final int limit;
    private int mostSlots;
    private CallQueue.Status latest =
            new CallQueue.Status(new CallQueue.Counts(0, 0), new CallQueue.Counts(0, 0), null, 0);

    Tenant(String id, int limit) {
        this.id = new AccountId(id);
        this.limit = limit;
    }

    AccountId id() {
        return id;
    }

    int limit() {
        return limit;
    }

    void saw(CallQueue.Status status) {
        latest = status;
        mostSlots = Math.max(mostSlots, status.active());
    }

    CallQueue.Status latest() {
        return latest;
    }

    int mostSlots() {
        return mostSlots;
    }
}
