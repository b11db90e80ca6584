package linekeeper.application.simulation.faults;

import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.StoreUnavailable;
import linekeeper.application.simulation.Chance;

import java.time.Duration;

/// Webhooks on their way from the providers to some node: lost, late, doubled, overtaken, repeated when
/// they are not answered with a yes.
final class Traffic {
    private static final int MOST_TRIES = 4;
    private static final Duration USUAL = Duration.ofSeconds(1);
    private static final Duration LATE = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Environment world;
    private final Chance chance;
    private final Nodes nodes;

    Traffic(Environment world, Chance chance, Nodes nodes) {
        this.world = world;
        this.chance = chance;
        this.nodes = nodes;
    }

    void post(ExecutionReport report) {
        if (world.faults().strikes(Fault.WEBHOOK_LOST)) {
            world.trace().note("webhook", "lost: " + Words.of(report));
            return;
        }
        send(report, 1);
        if (world.faults().strikes(Fault.WEBHOOK_DOUBLED)) {
            send(report, 1);
        }
    }

    private void send(ExecutionReport report, int tries) {
        Duration longest = world.faults().strikes(Fault.WEBHOOK_LATE) ? LATE : USUAL;
        Duration delay = chance.between(Duration.ZERO, longest);
        world.strands().startAfter(delay, () -> deliver(report, tries));
    }

    private void deliver(ExecutionReport report, int tries) {
        if (!taken(report) && tries < MOST_TRIES) {
            world.strands().startAfter(PAUSE, () -> deliver(report, tries + 1));
        }
    }

    private boolean taken(ExecutionReport report) {
        try {
            return nodes.any()
                    .map(
                            node -> {
                                var result = node.engine().recordProviderEvent().webhook(report);
                                Object[] about = {report};
                                world.trace().step(node.name(), "webhook", about, result);
                                return true;
                            })
                    .orElse(false);
        } catch (StoreUnavailable | Steps.Crashed e) {
            return false;
        }
    }
}
