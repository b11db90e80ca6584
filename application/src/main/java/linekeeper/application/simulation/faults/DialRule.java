package linekeeper.application.simulation.faults;

import linekeeper.application.port.DialOrder;
import linekeeper.application.port.ExecutionReport.Echo;

import java.util.HashSet;
import java.util.Set;

/// An attempt is asked for once, unless nobody was dialed for certain.
final class DialRule {
    private final Set<Echo> asked = new HashSet<>();

    /// A request for it leaves.
    void asked(DialOrder order) {
        if (!asked.add(order.echo())) {
            String what = "attempt " + order.attempt() + " is dialed again";
            throw new Broken(Invariant.DIALED_ONCE, order.key(), what);
        }
    }

    /// It was told that nobody is dialed.
    void notDialed(DialOrder order) {
        asked.remove(order.echo());
    }
}
