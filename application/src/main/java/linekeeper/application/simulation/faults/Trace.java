package linekeeper.application.simulation.faults;

import linekeeper.domain.CallKey;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What happened in a run, step by step; written only when somebody is to read it.
final class Trace {
    /// What happened to everybody begins so.
    static final String TO_ALL = "*** ";

    private static final int LONGEST = 200;

    private final InstantSource time;
    private final Instant start;
    private final boolean wanted;
    private final List<String> lines = new ArrayList<>();
    private long steps;

    Trace(InstantSource time, boolean wanted) {
        this.time = time;
        this.start = time.instant();
        this.wanted = wanted;
    }

    long steps() {
        return steps;
    }

    /// Somebody did something, and it took effect.
    void step(String who, String what, Object @Nullable [] about, @Nullable Object result) {
        steps++;
        if (wanted) {
            String asked =
                    Stream.of(about == null ? new Object[0] : about)
                            .map(Words::of)
                            .filter(text -> !text.isEmpty())
                            .collect(Collectors.joining(", "));
            note(who, what + "(" + asked + ") → " + Words.of(result));
        }
    }

    void note(String who, String what) {
        if (wanted) {
            double seconds = Duration.between(start, time.instant()).toNanos() / 1e9;
            String cut = what.substring(0, Math.min(what.length(), LONGEST));
            lines.add("%10.3f s  %-8s %s".formatted(seconds, who, cut));
        }
    }

    /// Everything, in order.
    List<String> all() {
        return List.copyOf(lines);
    }

    /// What concerns the call, and what happened to everybody; the last `most` lines.
    ///
    /// @param call null: any
    List<String> about(@Nullable CallKey call, int most) {
        String name = Words.of(call);
        List<String> some =
                lines.stream()
                        .filter(line -> line.contains(name) || line.contains(TO_ALL))
                        .toList();
        return some.subList(Math.max(0, some.size() - most), some.size());
    }
}
