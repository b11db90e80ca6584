package linekeeper.application.simulation.faults;

import linekeeper.application.simulation.Chance;

import java.time.Duration;
import java.util.List;

/// Somebody who is no provider and posts to the webhook of the one that does not sign.
final class Forger {
    private static final Duration OFTEN = Duration.ofSeconds(4);

    private final Environment world;
    private final Chance chance;
    private final List<Platform> victims;
    private final Traffic traffic;

    Forger(Environment world, Chance chance, List<Platform> platforms, Traffic traffic) {
        this.world = world;
        this.chance = chance;
        this.victims = platforms.stream().filter(one -> !one.style().signs()).toList();
        this.traffic = traffic;
    }

    /// From now on until the faults end.
    void begin() {
        for (Platform victim : victims) {
            if (!victim.calls().isEmpty() && world.faults().strikes(Fault.WEBHOOK_FORGED)) {
                traffic.post(victim.forged(chance));
            }
        }
        if (!world.faults().over()) {
            world.time().after(OFTEN, this::begin);
        }
    }
}
