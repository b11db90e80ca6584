package linekeeper.bootstrap.endtoend;

import static linekeeper.bootstrap.endtoend.World.call;
import static linekeeper.bootstrap.endtoend.World.json;
import static linekeeper.bootstrap.endtoend.World.place;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;

import linekeeper.domain.provider.CircuitBreaker;
import linekeeper.telephony.bolna.fake.AutomaticLife;
import linekeeper.telephony.bolna.fake.FakeExecution;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The provider goes away for longer than two probes and comes back: meanwhile calls wait and say why,
/// then they go on by themselves, each dialed once (H6). Shorter than an outage of minutes, which differs by
/// the number of probes only.
@Timeout(240)
final class ProviderOutageIT {
    private static final int CALLS = 12;
    private static final Duration OUTAGE = CircuitBreaker.PROBE_INTERVAL.multipliedBy(2);

    private static final String TRIES =
            "SELECT count(*) FROM call_timeline WHERE event = 'put_back'";
    private static final long OPENED = CircuitBreaker.FAILURES_TO_OPEN;

    /// What else was under way when the breaker opened, and the probes.
    private static final long MOST_MORE = 2 + 3;

    /// Of a busy machine.
    private static final Duration SLACK = Duration.ofSeconds(5);

    @TempDir Path folder;
    private ServiceProcess service;

    @Test
    void callsWaitUntilTheProviderIsBack() throws Exception {
        try (World world = new World(folder)) {
            service = world.service(Map.of("LINEKEEPER_LIMIT_ACCOUNT", "3"));
            world.bolna.live(
                    new AutomaticLife(
                            List.of(service.webhook()),
                            Duration.ofMillis(20),
                            Duration.ofMillis(100),
                            1));
            world.bolna.goDown();
            Instant down = Instant.now();
            for (int i = 0; i < CALLS; i++) {
                place(service, "default", "c" + i);
            }

            Until.holds(
                    World.PATIENCE,
                    "the last call says that the provider fails",
                    () -> reason("c" + (CALLS - 1)).equals("provider_failing"));
            assertThat(waiting("c" + (CALLS - 1)).getString("reason")).contains("bolna");
            assertThat(breaker()).isIn("open", "half_open");
            Until.holds(
                    World.PATIENCE,
                    "the outage has lasted",
                    () -> Instant.now().isAfter(down.plus(OUTAGE)));
            for (int i = 0; i < CALLS; i++) {
                assertThat(call(service, "default", "c" + i).getString("status"))
                        .isIn("queued", "dialing");
            }
            assertThat(world.bolna.ledger().creates()).isZero();
            assertThat(world.count(TRIES)).isBetween(OPENED + 1L, OPENED + MOST_MORE);

            world.bolna.comeUp();
            Instant up = Instant.now();
            world.awaitAllEnded(CALLS);

            assertThat(world.bolna.ledger().all())
                    .extracting(FakeExecution::createdAt)
                    .first()
                    .satisfies(
                            first ->
                                    assertThat(first)
                                            .isBefore(
                                                    up.plus(CircuitBreaker.PROBE_INTERVAL)
                                                            .plus(SLACK)));
            assertThat(breaker()).isEqualTo("closed");
            assertThat(world.bolna.ledger().creates()).isEqualTo(CALLS);
            assertThat(world.bolna.ledger().mostCreatesPerAttempt()).isEqualTo(1);
            assertThat(world.count("SELECT count(*) FROM call_ends WHERE outcome = 'failed'"))
                    .isZero();
        }
    }

    private String reason(String id) throws Exception {
        return waiting(id).getString("reason_code", "");
    }

    /// The same request again is told how the call is now.
    private JsonObject waiting(String id) throws Exception {
        return json(place(service, "default", id).body());
    }

    private String breaker() throws Exception {
        JsonArray providers =
                json(service.get("default", "/api/providers").body()).getJsonArray("items");
        return providers.getValuesAs(JsonObject.class).stream()
                .filter(one -> one.getString("name").equals("bolna"))
                .map(one -> one.getJsonObject("breaker").getString("state"))
                .findAny()
                .orElseThrow();
    }
}
