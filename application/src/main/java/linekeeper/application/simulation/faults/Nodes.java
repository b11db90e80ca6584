package linekeeper.application.simulation.faults;

import linekeeper.application.port.VoiceProvider;
import linekeeper.application.simulation.Chance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The nodes that run, and those that come back after a crash.
final class Nodes {
    private static final Duration SHORTEST_ABSENCE = Duration.ofMillis(500);
    private static final Duration LONGEST_ABSENCE = Duration.ofSeconds(30);

    private final Environment world;
    private final Chance chance;
    private final List<Platform> platforms = new ArrayList<>();
    private final Flaw flaw;
    private final List<Node> alive = new ArrayList<>();
    private int crashes;
    private boolean stopped;

    Nodes(Environment world, Chance chance, Flaw flaw) {
        this.world = world;
        this.chance = chance;
        this.flaw = flaw;
    }

    /// Nodes that start later have lines to these.
    void reach(List<Platform> providers) {
        platforms.addAll(providers);
    }

    /// Where a request arrives; empty: nobody listens.
    Optional<Node> any() {
        return alive.isEmpty() ? Optional.empty() : Optional.of(chance.oneOf(alive));
    }

    int crashes() {
        return crashes;
    }

    void start(String name) {
        Chance own = chance.of(name + crashes);
        Node[] self = new Node[1];
        Steps[] steps = new Steps[1];
        steps[0] =
                new Steps(
                        name,
                        world,
                        own.of("steps"),
                        () -> crash(Objects.requireNonNull(self[0]), steps[0]));
        self[0] = new Node(name, world, own, steps[0], lines(steps[0], own));
        alive.add(self[0]);
        world.trace().note(name, Trace.TO_ALL + "starts");
        self[0].start();
    }

    /// Those that run end where they are, and none comes back.
    void stop() {
        stopped = true;
        alive.forEach(Node::end);
        alive.clear();
    }

    private void crash(Node node, Steps steps) {
        steps.end();
        alive.remove(node);
        crashes++;
        Duration absence = chance.between(SHORTEST_ABSENCE, LONGEST_ABSENCE);
        world.time().after(absence, () -> startAgain(node.name()));
    }

    private void startAgain(String name) {
        if (!stopped) {
            start(name);
        }
    }

    private List<VoiceProvider> lines(Steps steps, Chance own) {
        return platforms.stream()
                .map(one -> flaw.provider(new Line(one, steps, world, own.of("line"))))
                .toList();
    }
}
