package linekeeper.application.world;

import linekeeper.domain.call.AcceptedCall;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.queue.Inflow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// One account's accepted calls, counted by stretch. Not thread-safe.
final class MemoryInflow {
    private final NavigableMap<Long, Map<Inflow.Kind, Integer>> counts = new TreeMap<>();

    void count(AcceptedCall call) {
        CallRequest request = call.request();
        long stretch = number(call.createdAt());
        counts.computeIfAbsent(stretch, any -> new HashMap<>())
                .merge(new Inflow.Kind(request.type(), request.priority()), 1, Integer::sum);
        counts.headMap(stretch - Inflow.STRETCHES).clear();
    }

    /// Those before the one that `now` lies in.
    Inflow until(Instant now) {
        long current = number(now);
        NavigableMap<Long, Map<Inflow.Kind, Integer>> whole =
                counts.subMap(current - Inflow.STRETCHES, true, current, false);
        if (whole.isEmpty()) {
            return Inflow.NONE;
        }
        List<Map<Inflow.Kind, Integer>> stretches = new ArrayList<>();
        for (long stretch = whole.firstKey(); stretch < current; stretch++) {
            stretches.add(whole.getOrDefault(stretch, Map.of()));
        }
        return new Inflow(stretches);
    }

    private static long number(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), Inflow.STRETCH.toSeconds());
    }
}
