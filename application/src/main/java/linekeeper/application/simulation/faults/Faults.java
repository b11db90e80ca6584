package linekeeper.application.simulation.faults;

import linekeeper.application.simulation.Chance;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/// The dice. Of the faults that are allowed, a seed leaves some out and chooses for the others how often
/// they strike: runs in which everything fails at once hide as much as runs in which nothing does.
final class Faults {
    private final Map<Fault, Double> shares = new EnumMap<>(Fault.class);
    private final Map<Fault, Chance> dice = new EnumMap<>(Fault.class);
    private boolean over;
    private long struck;

    Faults(Chance chance, Set<Fault> allowed) {
        for (Fault fault : Fault.values()) {
            Chance own = chance.of(fault.name());
            double share = own.hit(0.4) ? 0 : fault.most() * own.below(1_001) / 1_000;
            shares.put(fault, allowed.contains(fault) ? share : 0);
            dice.put(fault, own);
        }
    }

    /// Whether it strikes now.
    boolean strikes(Fault fault) {
        Chance die = dice.get(fault);
        Double share = shares.get(fault);
        boolean strikes = die != null && share != null && !over && die.hit(share);
        struck += strikes ? 1 : 0;
        return strikes;
    }

    /// Nothing goes wrong from now on.
    void end() {
        over = true;
    }

    boolean over() {
        return over;
    }

    /// How often any has struck.
    long struck() {
        return struck;
    }
}
