package linekeeper.bootstrap.endtoend;

import static linekeeper.bootstrap.endtoend.World.awaitStatus;
import static linekeeper.bootstrap.endtoend.World.call;
import static linekeeper.bootstrap.endtoend.World.errorCode;
import static linekeeper.bootstrap.endtoend.World.place;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.telephony.bolna.fake.AutomaticLife;
import linekeeper.telephony.bolna.fake.FakeExecution;
import linekeeper.telephony.bolna.fake.Fault;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `kill -9` at every step of a call: nothing that was answered is lost, no slot leaks, nobody is dialed
/// twice (H1, I1, I5).
@Timeout(240)
final class CrashIT {
    /// Long, so that the kill comes before the time-out.
    private static final Map<String, String> SLOW_DIALS =
            Map.of(
                    "LINEKEEPER_DIAL_TIMEOUT", "PT5S",
                    "LINEKEEPER_DIAL_GRACE", "PT6S",
                    "LINEKEEPER_LIMIT_ACCOUNT", "1");

    @TempDir Path folder;

    @Test
    void betweenReserveAndDial() throws Exception {
        try (World world = new World(folder)) {
            ServiceProcess service = world.service(SLOW_DIALS);
            // The request hangs at the fake before it is taken: to the provider it was never sent.
            world.bolna.next(Fault.HANG_BEFORE);
            place(service, "default", "a");
            place(service, "default", "b");
            world.bolna.ledger().awaitCreates(1);

            service.kill();
            world.bolna.release();
            service.restart();

            awaitStatus(service, "a", "failed");
            assertThat(errorCode(call(service, "default", "a"))).isEqualTo("DIAL_NOT_PLACED");
            world.bolna.ledger().awaitCreates(2);
            end(world, service, "b");
            assertAllSettled(world, 2);
        }
    }

    @Test
    void betweenDialAndBind() throws Exception {
        try (World world = new World(folder)) {
            ServiceProcess service = world.service(SLOW_DIALS);
            world.bolna.next(Fault.HANG_AFTER);
            place(service, "default", "a");
            place(service, "default", "b");
            world.bolna.ledger().awaitCreates(1);

            service.kill();
            world.bolna.release();
            service.restart();

            Until.holds(
                    World.PATIENCE,
                    "a is bound",
                    () -> !call(service, "default", "a").isNull("execution_id"));
            end(world, service, "a");
            world.bolna.ledger().awaitCreates(2);
            end(world, service, "b");
            assertAllSettled(world, 2);
        }
    }

    @Test
    void betweenEndAndNextClaim() throws Exception {
        try (World world = new World(folder)) {
            ServiceProcess service = world.service(SLOW_DIALS);
            place(service, "default", "a");
            place(service, "default", "b");
            world.bolna.ledger().awaitCreates(1);
            Until.holds(
                    World.PATIENCE,
                    "a is bound",
                    () -> !call(service, "default", "a").isNull("execution_id"));
            service.kill();
            // The end is stored and nobody is there to claim: as after a kill right behind the
            // commit.
            assertThat(
                            world.change(
                                    """
                                    WITH freed AS (DELETE FROM active_calls WHERE call_id = 'a')
                                    UPDATE calls SET status = 'busy', outcome = 'busy',
                                        started_at = created_at, ended_at = now()
                                    WHERE call_id = 'a'
                                    """))
                    .isEqualTo(1);

            service.restart();

            world.bolna.ledger().awaitCreates(2);
            end(world, service, "b");
            assertAllSettled(world, 2);
        }
    }

    @Test
    void underLoadAgainAndAgain() throws Exception {
        long seed = System.nanoTime();
        try (World world = new World(folder)) {
            ServiceProcess service = world.service(Map.of("LINEKEEPER_LIMIT_ACCOUNT", "5"));
            world.bolna.live(
                    new AutomaticLife(
                            List.of(service.webhook()),
                            Duration.ofMillis(20),
                            Duration.ofMillis(100),
                            seed));
            int accepted = 0;
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 40; i++) {
                    int status =
                            place(service, "default", "r%d-%d".formatted(round, i)).statusCode();
                    accepted += status == 200 || status == 202 ? 1 : 0;
                }
                service.kill();
                service.restart();
            }

            world.awaitAllEnded(accepted);
            assertThat(accepted).as("seed %d", seed).isEqualTo(120);
            assertThat(world.bolna.ledger().mostLive("default")).isLessThanOrEqualTo(5);
            assertAllSettled(world, accepted);
        }
    }

    @Test
    void aGracefulStopLetsDialsBind() throws Exception {
        try (World world = new World(folder)) {
            ServiceProcess service = world.service(SLOW_DIALS);
            place(service, "default", "a");
            place(service, "default", "b");
            world.bolna.ledger().awaitCreates(1);

            service.stop();

            assertThat(
                            world.count(
                                    "SELECT count(*) FROM active_calls"
                                            + " WHERE execution_id IS NOT NULL"))
                    .isEqualTo(1);
            assertThat(world.count("SELECT count(*) FROM call_queue")).isEqualTo(1);
        }
    }

    private static void end(World world, ServiceProcess service, String id) throws Exception {
        Until.holds(World.PATIENCE, id + " is placed", () -> placed(world, id).isPresent());
        FakeExecution execution = placed(world, id).orElseThrow();
        world.bolna.become(execution, "completed");
        Until.holds(
                World.PATIENCE,
                id + " takes its webhook",
                () ->
                        service.post(
                                                "default",
                                                "/webhooks/bolna/" + ServiceProcess.WEBHOOK_TOKEN,
                                                execution.full().toString())
                                        .statusCode()
                                == 200);
        awaitStatus(service, id, "completed");
    }

    private static Optional<FakeExecution> placed(World world, String id) {
        return world.bolna.ledger().all().stream()
                .filter(one -> one.callId().equals(id))
                .findFirst();
    }

    private static void assertAllSettled(World world, long calls) throws Exception {
        world.awaitAllEnded(calls);
        assertThat(world.count("SELECT count(*) FROM active_calls")).isZero();
        assertThat(world.count("SELECT count(*) FROM call_queue")).isZero();
        assertThat(world.bolna.ledger().mostCreatesPerAttempt()).isEqualTo(1);
    }
}
