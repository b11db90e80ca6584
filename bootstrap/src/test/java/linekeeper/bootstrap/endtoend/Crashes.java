package linekeeper.bootstrap.endtoend;

import linekeeper.telephony.bolna.fake.Fault;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/// Kills services and the database without warning, at random moments, also while they start, and starts
/// them again; meanwhile some dials go wrong at the provider. Not thread-safe.
final class Crashes {
    private static final int MOST_CALLS = 60;
    private static final Duration ANY_MOMENT = Duration.ofMillis(500);
    private static final Duration LONGEST_DOWN = Duration.ofSeconds(1);
    private static final Duration LONGEST_START = Duration.ofMillis(2500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// None that the service may answer with a second create.
    private static final List<Fault> FAULTS =
            List.of(
                    Fault.DROP_AFTER,
                    Fault.DROP_BEFORE,
                    Fault.HANG_AFTER,
                    Fault.ERROR_500_AFTER,
                    Fault.MALFORMED,
                    Fault.REJECTED);

    private final CrashScene scene;
    private final Callers callers;
    private final Random random;
    private int services;
    private int databases;

    Crashes(CrashScene scene, Callers callers, long seed) {
        this.scene = scene;
        this.callers = callers;
        this.random = new Random(seed);
    }

    /// Some load, a crash, and all is up again.
    void round() throws Exception {
        for (int i = random.nextInt(4); i > 0; i--) {
            scene.world.bolna.next(FAULTS.get(random.nextInt(FAULTS.size())));
        }
        int enough = callers.acknowledged().size() + 1 + random.nextInt(MOST_CALLS);
        Until.holds(PATIENCE, "calls are taken", () -> callers.acknowledged().size() >= enough);
        pause(ANY_MOMENT);
        boolean database = random.nextInt(10) < 4;
        boolean service = !database || random.nextInt(3) == 0;
        ServiceProcess node = scene.nodes.get(random.nextInt(scene.nodes.size()));
        if (database) {
            killDatabase();
        }
        if (service) {
            kill(node);
        }
        pause(LONGEST_DOWN);
        if (database) {
            revive();
        }
        if (service) {
            start(node);
        }
        for (ServiceProcess one : scene.nodes) {
            one.awaitReady();
        }
    }

    private void start(ServiceProcess node) throws Exception {
        node.begin();
        if (random.nextInt(4) == 0) {
            pause(LONGEST_START);
            kill(node);
            pause(LONGEST_DOWN);
            node.begin();
        }
    }

    private void kill(ServiceProcess node) throws InterruptedException {
        node.kill();
        services++;
    }

    private void killDatabase() throws IOException {
        if (scene.world.killDatabase()) {
            databases++;
        }
    }

    /// Its old processes may take a moment to end, and it does not start before.
    private void revive() throws Exception {
        Until.holds(PATIENCE, "the database is up again", this::revived);
    }

    private boolean revived() {
        try {
            scene.world.reviveDatabase();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    int services() {
        return services;
    }

    int databases() {
        return databases;
    }

    private void pause(Duration longest) {
        LockSupport.parkNanos((long) (random.nextDouble() * longest.toNanos()));
    }
}
