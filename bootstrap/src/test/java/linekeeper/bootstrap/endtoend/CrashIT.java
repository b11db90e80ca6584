package linekeeper.bootstrap.endtoend;

import static linekeeper.bootstrap.endtoend.World.awaitStatus;
import static linekeeper.bootstrap.endtoend.World.call;
import static linekeeper.bootstrap.endtoend.World.errorCode;
import static linekeeper.bootstrap.endtoend.World.place;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.bootstrap.endtoend.ProviderFake.Course;
import linekeeper.bootstrap.endtoend.ProviderFake.DialFault;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `kill -9` at every step of a call, with every provider in the same moment: nothing that was answered
/// is lost, no slot leaks, nobody is dialed twice (H1, I1, I5).
///
/// Each provider has an account of its name with one slot, which its call `a` takes and `b` waits for.
@Timeout(240)
final class CrashIT {
    /// Long, so that the kill comes before the time-out.
    private static final Map<String, String> SLOW_DIALS =
            Map.of(
                    "LINEKEEPER_DIAL_TIMEOUT", "PT5S",
                    "LINEKEEPER_DIAL_GRACE", "PT6S",
                    "LINEKEEPER_LIMIT_ACCOUNT", "1");

    @TempDir Path folder;
    private World world;
    private List<ProviderFake> providers;
    private ServiceProcess service;

    @BeforeEach
    void open() throws Exception {
        world = new World(folder);
        providers = ProviderFake.all(world.bolna);
        Map<String, String> settings = new HashMap<>(SLOW_DIALS);
        providers.forEach(one -> settings.putAll(one.settings()));
        service = world.service(settings);
        for (ProviderFake one : providers) {
            one.openAccount(service);
        }
    }

    @AfterEach
    void close() {
        providers.forEach(ProviderFake::close);
        world.close();
    }

    @Test
    void betweenReserveAndDial() throws Exception {
        // The request hangs at the fake before it is taken: to the provider it was never sent.
        providers.forEach(one -> one.next(DialFault.REQUEST_LOST));
        placeAll();

        service.kill();
        providers.forEach(ProviderFake::release);
        service.restart();

        for (ProviderFake one : providers) {
            awaitStatus(service, one.name(), a(one), "failed");
            assertThat(errorCode(call(service, one.name(), a(one)))).isEqualTo("DIAL_NOT_PLACED");
            end(one, b(one));
        }
        assertAllSettled();
    }

    @Test
    void betweenDialAndBind() throws Exception {
        providers.forEach(one -> one.next(DialFault.ANSWER_LOST));
        placeAll();

        service.kill();
        providers.forEach(ProviderFake::release);
        service.restart();

        for (ProviderFake one : providers) {
            awaitBound(one, a(one));
            assertThat(one.creates(b(one))).isZero();
            end(one, a(one));
            end(one, b(one));
        }
        assertAllSettled();
    }

    @Test
    void betweenEndAndNextClaim() throws Exception {
        placeAll();
        for (ProviderFake one : providers) {
            awaitBound(one, a(one));
        }
        service.kill();
        // The end is stored and nobody is there to claim: as after a kill right behind the commit.
        assertThat(
                        world.tables.change(
                                """
                                WITH freed AS (DELETE FROM active_calls RETURNING *)
                                INSERT INTO call_ends (account_id, call_id, created_at, outcome,
                                    provider, execution_id, last_event, started_at, ended_at)
                                SELECT account_id, call_id, created_at, 'busy', f.provider,
                                    execution_id, last_event, reserved_at, now()
                                FROM freed f JOIN calls USING (account_id, call_id)
                                WHERE execution_id IS NOT NULL
                                """))
                .isEqualTo(providers.size());

        service.restart();

        for (ProviderFake one : providers) {
            end(one, b(one));
        }
        assertAllSettled();
    }

    @Test
    void aGracefulStopLetsDialsBind() throws Exception {
        placeAll();

        service.stop();

        assertThat(world.count("SELECT count(*) FROM active_calls WHERE execution_id IS NOT NULL"))
                .isEqualTo(providers.size());
        assertThat(world.count("SELECT count(*) FROM call_queue")).isEqualTo(providers.size());
    }

    /// Until each provider has been asked for its first one.
    private void placeAll() throws Exception {
        for (ProviderFake one : providers) {
            assertThat(place(service, one.name(), a(one)).statusCode()).isEqualTo(200);
            assertThat(place(service, one.name(), b(one)).statusCode()).isEqualTo(202);
        }
        for (ProviderFake one : providers) {
            Until.holds(World.PATIENCE, a(one) + " is asked for", () -> one.creates(a(one)) == 1);
        }
    }

    private static String a(ProviderFake provider) {
        return provider.name() + "-a";
    }

    private static String b(ProviderFake provider) {
        return provider.name() + "-b";
    }

    private void awaitBound(ProviderFake provider, String id) throws Exception {
        Until.holds(
                World.PATIENCE,
                id + " is bound",
                () -> !call(service, provider.name(), id).isNull("execution_id"));
    }

    private void end(ProviderFake provider, String id) throws Exception {
        awaitBound(provider, id);
        provider.become(id, Course.COMPLETED);
        Until.holds(
                World.PATIENCE, id + " takes its webhook", () -> provider.tell(service, id) == 200);
        awaitStatus(service, provider.name(), id, "completed");
    }

    private void assertAllSettled() throws Exception {
        world.awaitAllEnded(2L * providers.size());
        assertThat(world.count("SELECT count(*) FROM active_calls")).isZero();
        assertThat(world.count("SELECT count(*) FROM call_queue")).isZero();
        for (ProviderFake one : providers) {
            assertThat(one.creates(a(one))).as(a(one)).isEqualTo(1);
            assertThat(one.creates(b(one))).as(b(one)).isEqualTo(1);
        }
    }
}
