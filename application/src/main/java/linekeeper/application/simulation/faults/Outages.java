package linekeeper.application.simulation.faults;

import linekeeper.application.simulation.Chance;
import linekeeper.application.simulation.VirtualTime;

import java.time.Duration;
import java.time.Instant;

/// When the store answers nobody.
final class Outages {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(40);

    private final VirtualTime time;
    private final Faults faults;
    private final Trace trace;
    private final Chance chance;
    private Instant until = Instant.EPOCH;

    Outages(VirtualTime time, Faults faults, Trace trace, Chance chance) {
        this.time = time;
        this.faults = faults;
        this.trace = trace;
        this.chance = chance;
    }

    /// From now on until the faults end.
    void begin() {
        if (faults.strikes(Fault.OUTAGE)) {
            until = time.instant().plus(chance.between(SECOND, LONGEST));
            trace.note("store", Trace.TO_ALL + "is down until " + until);
        }
        if (!faults.over()) {
            time.after(SECOND, this::begin);
        }
    }

    boolean now() {
        return !faults.over() && until.isAfter(time.instant());
    }
}
