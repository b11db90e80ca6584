package linekeeper.bootstrap.demo;

import linekeeper.application.port.CallObserver;
import linekeeper.domain.AccountId;
import linekeeper.domain.call.ReservedCall;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Measures hand-overs: from a slot's release to the next dial of the same account, for calls that were
/// waiting at that moment. Thread-safe.
final class HandOvers implements CallObserver {
    private final Map<AccountId, Deque<Instant>> freed = new HashMap<>();
    private final List<Duration> measured = new ArrayList<>();

    @Override
    public synchronized void slotFreed(AccountId account, Instant now) {
        freed.computeIfAbsent(account, any -> new ArrayDeque<>()).add(now);
    }

    @Override
    public synchronized void dialing(ReservedCall call, Instant now) {
        Deque<Instant> slots = freed.getOrDefault(call.key().account(), new ArrayDeque<>());
        while (!slots.isEmpty() && slots.peek().isBefore(call.accepted().dueAt())) {
            slots.remove();
        }
        if (!slots.isEmpty()) {
            measured.add(Duration.between(slots.remove(), now));
        }
    }

    /// The duration that `share` of the hand-overs did not exceed.
    synchronized Duration quantile(double share) {
        if (measured.isEmpty()) {
            return Duration.ZERO;
        }
        List<Duration> sorted = new ArrayList<>(measured);
        Collections.sort(sorted);
        int index = (int) Math.ceil(share * sorted.size()) - 1;
        return sorted.get(Math.max(0, index));
    }
}
