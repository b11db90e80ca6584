package linekeeper.application;

import linekeeper.application.port.StoreUnavailable;
import linekeeper.domain.LeaseToken;
import linekeeper.domain.call.ReservedCall;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Dials whose result could not be stored because the store was down; kept in memory and tried again
/// until it holds (B2). If the process dies first, a webhook or the reconciler settles them. Never
/// more than there are slots. Thread-safe.
public final class UnsettledDials {
    private final Map<LeaseToken, Unsettled> waiting = new ConcurrentHashMap<>();
    private final SettleDial settleDial;

    UnsettledDials(SettleDial settleDial) {
        this.settleDial = settleDial;
    }

    /// Returns whether no other waited.
    boolean add(ReservedCall call, Verdict verdict) {
        boolean first = waiting.isEmpty();
        waiting.put(call.slot().lease(), new Unsettled(call, verdict));
        return first;
    }

    /// Tries each once, as long as the store answers; how many are left.
    public int runOnce() {
        for (Unsettled dial : List.copyOf(waiting.values())) {
            if (trySettle(dial).isEmpty()) {
                break;
            }
            waiting.remove(dial.call.slot().lease());
        }
        return waiting.size();
    }

    private Optional<Dialed> trySettle(Unsettled dial) {
        try {
            return Optional.of(settleDial.settle(dial.call, dial.verdict));
        } catch (StoreUnavailable e) {
            return Optional.empty();
        }
    }

    private record Unsettled(ReservedCall call, Verdict verdict) {}
}
