package linekeeper.domain.queue;

import linekeeper.domain.call.CallType;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// How fast calls of each rank were accepted lately, stretch by stretch (D1, G1): who comes later and
/// goes first lengthens the wait of those who are overtaken.
///
/// @param stretches calls accepted in each whole stretch of [#STRETCH], at most [#STRETCHES] of them
public record Inflow(List<Map<Kind, Integer>> stretches) {
    public static final Duration STRETCH = Duration.ofMinutes(3);
    public static final int STRETCHES = 10;

    /// Nothing was seen yet.
    public static final Inflow NONE = new Inflow(List.of());

    /// A stretch with more than this many times the usual number was a burst, which does not go on.
    private static final int UNUSUAL = 3;

    private static final int BY_CHANCE = 4;

    public Inflow {
        stretches = stretches.stream().<Map<Kind, Integer>>map(Map::copyOf).toList();
    }

    /// Calls that go before one of `kind` although they come later.
    public Rate overtaking(Kind kind) {
        int[] counts = stretches.stream().mapToInt(one -> before(kind, one)).sorted().toArray();
        if (counts.length == 0) {
            return Rate.NONE;
        }
        int most = UNUSUAL * counts[counts.length / 2] + BY_CHANCE;
        int calls = 0;
        for (int count : counts) {
            calls += Math.min(count, most);
        }
        return new Rate((double) calls / counts.length / STRETCH.toSeconds(), calls);
    }

    private static int before(Kind kind, Map<Kind, Integer> stretch) {
        int calls = 0;
        for (Map.Entry<Kind, Integer> each : stretch.entrySet()) {
            calls += each.getKey().overtakes(kind) ? each.getValue() : 0;
        }
        return calls;
    }

    /// What decides who goes first, whenever they come.
    public record Kind(CallType type, int priority) {
        boolean overtakes(Kind other) {
            int byType = type.compareTo(other.type);
            return byType < 0 || (byType == 0 && priority > other.priority);
        }
    }

    /// @param perSecond not below zero
    /// @param observed from how many calls it was learned
    public record Rate(double perSecond, int observed) {
        public static final Rate NONE = new Rate(0, 0);

        public Rate {
            if (!(perSecond >= 0) || observed < 0) {
                throw new IllegalArgumentException(perSecond + " per second of " + observed);
            }
        }
    }
}
