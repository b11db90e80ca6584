package linekeeper.application.simulation.faults;

import linekeeper.domain.ProviderName;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.queue.Rate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// In any span of time no provider is given more calls than its rate allows, and one second's worth
/// besides, but at least one (F4).
final class PaceRule {
    private final Map<ProviderName, Rate> rates;
    private final Map<ProviderName, List<Instant>> given = new HashMap<>();

    PaceRule(Map<ProviderName, Rate> rates) {
        this.rates = rates;
    }

    void given(ReservedCall call) {
        Rate rate = rates.get(call.accepted().provider());
        if (rate != null) {
            List<Instant> times =
                    given.computeIfAbsent(call.accepted().provider(), any -> new ArrayList<>());
            times.add(call.slot().reservedAt());
            check(call, rate, times);
        }
    }

    private static void check(ReservedCall call, Rate rate, List<Instant> times) {
        double perSecond = rate.perSecond().doubleValue();
        double burst = Math.max(1, perSecond);
        for (int i = 0; i < times.size(); i++) {
            double seconds = Duration.between(times.get(i), times.getLast()).toNanos() / 1e9;
            int calls = times.size() - i;
            if (calls > perSecond * seconds + burst + 1e-6) {
                String what = calls + " calls in " + seconds + " s by " + perSecond + " per second";
                throw new Broken(Invariant.PACE, call.key(), what);
            }
        }
    }
}
