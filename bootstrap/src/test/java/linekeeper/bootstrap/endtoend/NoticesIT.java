package linekeeper.bootstrap.endtoend;

import static linekeeper.bootstrap.endtoend.World.json;
import static linekeeper.bootstrap.endtoend.World.place;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Results reach the customer's backend, whatever it does and whenever we die (A5, H4, I3).
@Timeout(240)
final class NoticesIT {
    private static final String EVENTS = "[\"call.started\",\"call.ended\"]";
    private static final Map<String, String> QUICK =
            Map.of(
                    "LINEKEEPER_PROVIDER", "simulated",
                    "LINEKEEPER_SIMULATED_DURATION", "PT0.05S",
                    "LINEKEEPER_SIMULATED_LATENCY", "PT0.01S",
                    "LINEKEEPER_LIMIT_ACCOUNT", "10",
                    "LINEKEEPER_WEBHOOK_PRIVATE", "true",
                    "LINEKEEPER_NOTIFY_SCHEDULE", "PT0.5S" + ",PT1S".repeat(60));

    @TempDir Path folder;

    @Test
    void everyResultArrivesInOrderAndNobodyWaitsForAnother() throws Exception {
        try (World world = new World(folder);
                Backend broken = new Backend();
                Backend well = new Backend()) {
            ServiceProcess service = world.service(QUICK);
            service.post("default", "/api/admin/accounts", "{\"account_id\":\"other\"}");
            broken.answers(503, Map.of());
            listen(service, "default", broken, EVENTS);
            listen(service, "other", well, EVENTS);
            for (int i = 0; i < 20; i++) {
                place(service, "default", "d" + i);
                place(service, "other", "o" + i);
            }

            Until.holds(World.PATIENCE, "the other's are told", () -> endsOf(well).size() == 20);
            Until.holds(World.PATIENCE, "the first are tried", () -> broken.told().size() > 20);
            assertThat(broken.told()).noneMatch(one -> one.type().equals("call.ended"));
            broken.answers(200, Map.of());
            Until.holds(World.PATIENCE, "all are told", () -> endsOf(broken).size() == 20);

            assertInOrder(broken.taken());
            assertInOrder(well.taken());
            assertThat(well.told()).extracting(Backend.Told::id).doesNotHaveDuplicates();
            Until.holds(
                    World.PATIENCE,
                    "all is settled",
                    () ->
                            world.count("SELECT count(*) FROM notices WHERE status = 'delivered'")
                                    == 80);
        }
    }

    @Test
    void aKilledServiceSendsAgainUnderTheSameId() throws Exception {
        try (World world = new World(folder);
                Backend backend = new Backend()) {
            ServiceProcess service = world.service(QUICK);
            listen(service, "default", backend, "[\"call.ended\"]");
            backend.hangs();
            place(service, "default", "a");
            Until.holds(World.PATIENCE, "a is sent", () -> backend.told().size() == 1);

            service.kill();
            backend.release();
            service.restart();

            Until.holds(World.PATIENCE, "a is sent again", () -> backend.told().size() == 2);
            assertThat(Set.copyOf(backend.told().stream().map(Backend.Told::id).toList()))
                    .hasSize(1);
            Until.holds(
                    World.PATIENCE,
                    "a is delivered",
                    () -> statusOf(service, "a").equals("delivered"));
        }
    }

    @Test
    void aReceiverMayAskToWaitRedirectOrLeave() throws Exception {
        try (World world = new World(folder);
                Backend backend = new Backend();
                Backend inside = new Backend()) {
            ServiceProcess service = world.service(QUICK);
            listen(service, "default", backend, "[\"call.ended\"]");
            backend.answers(302, Map.of("Location", inside.url().toString()));
            place(service, "default", "a");
            Until.holds(World.PATIENCE, "a is tried twice", () -> backend.told().size() > 1);
            assertThat(inside.told()).isEmpty();

            backend.answers(429, Map.of("Retry-After", "3600"));
            Until.holds(
                    World.PATIENCE,
                    "a waits",
                    () -> notification(service, "a").getString("last_answer").contains("429"));
            place(service, "default", "b");
            Until.holds(World.PATIENCE, "b is not held up", () -> calls(backend).contains("b"));

            backend.answers(410, Map.of());
            place(service, "default", "c");
            Until.holds(World.PATIENCE, "the webhook is disabled", () -> disabled(service));
            backend.answers(200, Map.of());
            listen(service, "default", backend, "[\"call.ended\"]");
            Until.holds(
                    World.PATIENCE, "c is told", () -> statusOf(service, "c").equals("delivered"));

            assertThat(statusOf(service, "a")).isEqualTo("pending");
            String id = notification(service, "a").getString("id");
            service.post("default", "/api/notifications/" + id + "/replay", "");
            Until.holds(
                    World.PATIENCE, "a is told", () -> statusOf(service, "a").equals("delivered"));
        }
    }

    /// The number is always busy, so the call is tried twice and ends (F3).
    @Test
    void tellsOfEveryAttempt() throws Exception {
        Map<String, String> settings = new HashMap<>(QUICK);
        settings.put("LINEKEEPER_RETRY_BUSY", "PT1S");
        try (World world = new World(folder);
                Backend backend = new Backend()) {
            ServiceProcess service = world.service(settings);
            listen(
                    service,
                    "default",
                    backend,
                    "[\"call.started\",\"call.attempt_ended\",\"call.ended\"]");
            service.post(
                    "default",
                    "/api/calls/outbound",
                    """
                    {"custom_call_id":"twice","phone_number":"+14155599902","max_attempts":2}
                    """);

            Until.holds(World.PATIENCE, "the end is told", () -> endsOf(backend).size() == 1);

            assertThat(backend.told())
                    .extracting(one -> one.type() + " " + one.body().getInt("attempt"))
                    .containsExactly(
                            "call.started 1",
                            "call.attempt_ended 1",
                            "call.started 2",
                            "call.ended 2");
            assertThat(backend.told().get(1).body().getString("status")).isEqualTo("busy");
            assertThat(backend.told().get(3).body().getString("status")).isEqualTo("busy");
            assertThat(backend.told().get(1).body().getString("execution_id"))
                    .isNotEqualTo(backend.told().get(3).body().getString("execution_id"));
        }
    }

    @Test
    void refusesPrivateAddressesUnlessTold() throws Exception {
        try (World world = new World(folder);
                Backend backend = new Backend()) {
            ServiceProcess service = world.service();

            HttpResponse<String> refused =
                    service.put(
                            "default",
                            "/api/webhook",
                            "{\"url\":\"http://localhost:%d/\"}"
                                    .formatted(backend.url().getPort()));

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(
                            json(refused.body())
                                    .getJsonArray("errors")
                                    .getJsonObject(0)
                                    .getString("field"))
                    .isEqualTo("url");
        }
    }

    private static void listen(
            ServiceProcess service, String account, Backend backend, String events)
            throws Exception {
        String body = "{\"url\":\"%s\",\"events\":%s}".formatted(backend.url(), events);
        assertThat(service.put(account, "/api/webhook", body).statusCode()).isEqualTo(200);
    }

    private static boolean disabled(ServiceProcess service) throws Exception {
        return !json(service.get("default", "/api/webhook").body()).isNull("disabled_since");
    }

    private static String statusOf(ServiceProcess service, String call) throws Exception {
        return notification(service, call).getString("status");
    }

    private static JsonObject notification(ServiceProcess service, String call) throws Exception {
        return json(service.get("default", "/api/notifications?call_id=" + call).body())
                .getJsonArray("items")
                .getJsonObject(0);
    }

    private static Set<String> endsOf(Backend backend) {
        Set<String> ended = new HashSet<>();
        backend.taken().stream()
                .filter(one -> one.type().equals("call.ended"))
                .forEach(one -> ended.add(one.call()));
        return ended;
    }

    private static List<String> calls(Backend backend) {
        return backend.told().stream().map(Backend.Told::call).toList();
    }

    private static void assertInOrder(List<Backend.Told> taken) {
        Map<String, Integer> last = new HashMap<>();
        for (Backend.Told one : taken) {
            int sequence = one.body().getInt("sequence");
            Integer before = last.put(one.call(), sequence);
            assertThat(before == null || before <= sequence).as(one.call()).isTrue();
        }
    }
}
