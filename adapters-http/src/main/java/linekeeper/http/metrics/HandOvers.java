package linekeeper.http.metrics;

import linekeeper.domain.AccountId;
import linekeeper.domain.call.ReservedCall;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Tells how long a freed slot stood idle: until the account's next dial of a call that was due
/// already when the slot became free. Thread-safe.
///
/// A dial takes the youngest slot that was free when it was reserved: one that another node took is
/// then left behind and forgotten. A slot that nobody took within a minute was not what the queue
/// waited for, it waited for another limit.
final class HandOvers {
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);
    private static final int MOST_ACCOUNTS = 10_000;
    private static final int MOST_EACH = 1_000;

    private final Map<AccountId, Deque<Instant>> freed =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<AccountId, Deque<Instant>> eldest) {
                    return size() > MOST_ACCOUNTS;
                }
            };

    synchronized void freed(AccountId account, Instant now) {
        Deque<Instant> slots = freed.computeIfAbsent(account, any -> new ArrayDeque<>());
        slots.removeIf(at -> isForgotten(at, now));
        if (slots.size() == MOST_EACH) {
            slots.removeLast();
        }
        slots.addFirst(now);
    }

    /// Empty: no slot was handed over to this call.
    synchronized Optional<Duration> dialing(ReservedCall call, Instant now) {
        Deque<Instant> slots = freed.get(call.key().account());
        Optional<Instant> taken = slots == null ? Optional.empty() : take(slots, call);
        return taken.filter(at -> !isForgotten(at, now))
                .filter(at -> !call.slot().dueAt().isAfter(at))
                .map(at -> Duration.between(at, now));
    }

    private static Optional<Instant> take(Deque<Instant> slots, ReservedCall call) {
        for (Iterator<Instant> youngest = slots.iterator(); youngest.hasNext(); ) {
            Instant at = youngest.next();
            if (!at.isAfter(call.slot().reservedAt())) {
                youngest.remove();
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    private static boolean isForgotten(Instant at, Instant now) {
        return at.plus(FORGOTTEN_AFTER).isBefore(now);
    }
}
