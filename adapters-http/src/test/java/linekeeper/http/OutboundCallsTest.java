package linekeeper.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;

/// `POST /api/calls/outbound` (A1, A4, A6, D1, D6).
class OutboundCallsTest {
    private final TestApi api = TestApi.keyless();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void startsACallThatHasASlot() {
        TestApi.Answer answer = place("call-001");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().getBoolean("success")).isTrue();
        assertThat(answer.json().getString("call_id")).isEqualTo("call-001");
        assertThat(answer.json().getString("status")).isEqualTo("dialing");
        assertThat(answer.header("Idempotent-Replay")).isEmpty();
    }

    @Test
    void queuesACallWithoutASlotAndSaysWhyAndHowLong() {
        place("a");
        place("b");

        TestApi.Answer answer = place("c");

        assertThat(answer.status()).isEqualTo(202);
        JsonObject json = answer.json();
        assertThat(json.getString("status")).isEqualTo("queued");
        assertThat(json.getString("reason_code")).isEqualTo("account_limit");
        assertThat(json.getString("reason")).contains("2 of 2");
        JsonObject queue = json.getJsonObject("queue");
        assertThat(queue.getString("id")).isEqualTo("c");
        assertThat(queue.getInt("position")).isEqualTo(1);
        assertThat(queue.getInt("total_in_queue")).isEqualTo(1);
        assertThat(queue.getInt("estimated_wait")).isEqualTo(1);
        JsonObject seconds = queue.getJsonObject("estimated_wait_seconds");
        assertThat(seconds.getJsonNumber("p90").doubleValue())
                .isGreaterThan(seconds.getJsonNumber("p50").doubleValue());
    }

    @Test
    void replaysTheSameCall() {
        place("a");

        TestApi.Answer answer = place("a");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Idempotent-Replay")).isEqualTo("true");
        assertThat(answer.json().getString("call_id")).isEqualTo("a");
    }

    @Test
    void replaysAWaitingCallWithItsPlace() {
        place("a");
        place("b");
        place("c");

        TestApi.Answer answer = place("c");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Idempotent-Replay")).isEqualTo("true");
        assertThat(answer.json().getJsonObject("queue").getInt("position")).isEqualTo(1);
    }

    @Test
    void namesTheFieldsThatContradict() {
        place("a");

        TestApi.Answer answer =
                api.post(
                        "/api/calls/outbound",
                        "{\"custom_call_id\":\"a\",\"phone_number\":\"+15550009999\",\"priority\":7}");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().getJsonArray("errors").getValuesAs(JsonObject.class))
                .extracting(error -> error.getString("field"))
                .containsExactly("phone_number", "priority");
    }

    @Test
    void takesUserDataInAnotherOrderForTheSameContent() {
        String body =
                "{\"custom_call_id\":\"a\",\"phone_number\":\"+15550001111\",\"user_data\":%s}";
        api.post("/api/calls/outbound", body.formatted("{\"x\":1,\"y\":{\"b\":2,\"a\":[]}}"));

        TestApi.Answer answer =
                api.post(
                        "/api/calls/outbound",
                        body.formatted("{ \"y\": {\"a\":[],\"b\":2}, \"x\":1}"));

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void requiresTheBackendsOwnId() {
        TestApi.Answer answer =
                api.post("/api/calls/outbound", "{\"phone_number\":\"+15550001111\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("detail"))
                .isEqualTo("custom_call_id (backend call_id) is required");
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void tellsAllWrongFieldsAtOnce() {
        TestApi.Answer answer =
                api.post(
                        "/api/calls/outbound",
                        """
                        {"custom_call_id": "a b", "phone_number": 5, "priority": 1.5,
                         "scheduled_at": "tomorrow", "user_data": [], "contact_name": "x\\u0000y",
                         "max_attempts": "3", "agent_id": "\\ud800"}
                        """);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getJsonArray("errors").getValuesAs(JsonObject.class))
                .extracting(error -> error.getString("field"))
                .containsExactlyInAnyOrder(
                        "custom_call_id",
                        "phone_number",
                        "priority",
                        "scheduled_at",
                        "user_data",
                        "contact_name",
                        "max_attempts",
                        "agent_id");
    }

    @Test
    void refusesValuesOutsideTheirRange() {
        TestApi.Answer answer =
                api.post(
                        "/api/calls/outbound",
                        "{\"custom_call_id\":\"a\",\"phone_number\":\"+15550001111\","
                                + "\"priority\":1001}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("field"))
                .isEqualTo("priority");
    }

    @Test
    void showsWhatWasAccepted() {
        api.post(
                "/api/calls/outbound",
                """
                {"custom_call_id": "a", "phone_number": "+1 (555) 000-1111", "campaign_id": "spring",
                 "contact_name": "Ada", "user_data": {"b": 1, "a": null},
                 "scheduled_at": "2025-11-21T11:30:00+01:00", "agent_id": null}
                """);

        JsonObject call = api.get("/api/calls/a").json();

        assertThat(call.getString("type")).isEqualTo("campaign");
        assertThat(call.getString("phone_number")).isEqualTo("+15550001111");
        assertThat(call.getString("scheduled_at")).isEqualTo("2025-11-21T10:30:00Z");
        assertThat(call.getString("created_at")).isEqualTo("2025-11-21T10:30:00Z");
        assertThat(call.getString("direction")).isEqualTo("outbound");
        assertThat(call.getJsonObject("user_data")).hasToString("{\"a\":null,\"b\":1}");
        assertThat(call.get("execution_id")).isEqualTo(JsonValue.NULL);
        assertThat(call.get("agent_id")).isEqualTo(JsonValue.NULL);
        assertThat(call).hasSize(31);
    }

    @Test
    void refusesACallThatHasExpiredUnlessItRepeatsOne() {
        String body =
                "{\"custom_call_id\":\"%s\",\"phone_number\":\"+15550001111\","
                        + "\"expires_at\":\"2025-11-21T10:30:01Z\"}";
        api.post("/api/calls/outbound", body.formatted("a"));
        api.advance(Duration.ofSeconds(1));

        TestApi.Answer late = api.post("/api/calls/outbound", body.formatted("b"));

        late.assertProblem(400);
        assertThat(late.json().getJsonArray("errors").getJsonObject(0).getString("field"))
                .isEqualTo("expires_at");
        assertThat(api.get("/api/calls/b").status()).isEqualTo(404);
        assertThat(api.post("/api/calls/outbound", body.formatted("a")).header("Idempotent-Replay"))
                .isEqualTo("true");
    }

    @Test
    void asksForANumberWhenOnlyAContactIsNamed() {
        TestApi.Answer answer =
                api.post("/api/calls/outbound", "{\"custom_call_id\":\"a\",\"contactId\":\"c\"}");

        answer.assertProblem(400);
        JsonObject error = answer.json().getJsonArray("errors").getJsonObject(0);
        assertThat(error.getString("field")).isEqualTo("contactId");
        assertThat(error.getString("message")).contains("phone_number");
    }

    @Test
    void readsCamelCaseToo() {
        api.post(
                "/api/calls/outbound",
                "{\"custom_call_id\":\"a\",\"phoneNumber\":\"+15550001111\","
                        + "\"campaignId\":\"spring\",\"driverId\":\"7\",\"contactId\":\"c\"}");

        JsonObject call = api.get("/api/calls/a").json();

        assertThat(call.getString("type")).isEqualTo("campaign");
        assertThat(call.getString("driver_id")).isEqualTo("7");
        assertThat(call.getString("contact_id")).isEqualTo("c");
    }

    private TestApi.Answer place(String id) {
        return api.post(
                "/api/calls/outbound",
                "{\"custom_call_id\":\"%s\",\"phone_number\":\"+15550001111\"}".formatted(id));
    }
}
