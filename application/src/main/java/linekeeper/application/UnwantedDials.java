package linekeeper.application;

import linekeeper.domain.LeaseToken;

import java.util.LinkedHashSet;

/// Slots whose calls were cancelled, perhaps before their dial: what this node knows without asking
/// anybody. Of a slot that it does not know, the call is dialed and hung up at once. Thread-safe.
final class UnwantedDials {
    private static final int MOST = 10_000;

    private final LinkedHashSet<LeaseToken> leases = new LinkedHashSet<>();

    synchronized void add(LeaseToken lease) {
        leases.add(lease);
        if (leases.size() > MOST) {
            leases.removeFirst();
        }
    }

    /// Whether the dial of this slot is unwanted; told once.
    synchronized boolean take(LeaseToken lease) {
        return leases.remove(lease);
    }
}
