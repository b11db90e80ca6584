package linekeeper.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/// Initiating, showing and cancelling calls (contract 2).
class CallsTest {
    private final TestApi api = TestApi.keyless();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void initiatesAndAnswersWithTheExecution() {
        JsonObject json = initiate("\"callId\":\"a\"").json();

        assertThat(json.getBoolean("success")).isTrue();
        assertThat(json.getString("callId")).isEqualTo("a");
        assertThat(json.getString("executionId")).isEqualTo("exec-a");
        assertThat(json.getString("message")).isEqualTo("Call initiated successfully");
        assertThat(api.get("/api/calls/a").json().getString("execution_id")).isEqualTo("exec-a");
    }

    @Test
    void makesAnIdWhenNoneIsSent() {
        JsonObject json =
                api.post(
                                "/api/calls/initiate",
                                "{\"agentId\":\"x\",\"recipientPhone\":\"+15550001\"}")
                        .json();

        String id = json.getString("callId");
        assertThat(json.getString("executionId")).isEqualTo("exec-" + id);
        assertThat(api.get("/api/calls/" + id).status()).isEqualTo(200);
    }

    @Test
    void replaysAnInitiatedCall() {
        initiate("\"callId\":\"a\"");

        TestApi.Answer answer = initiate("\"callId\":\"a\"");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Idempotent-Replay")).isEqualTo("true");
        assertThat(answer.json().getString("executionId")).isEqualTo("exec-a");
    }

    @Test
    void tellsThatTheProviderRefused() {
        TestApi.Answer answer = initiate("\"callId\":\"a\",\"agentId\":\"refuse\"");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().getString("callId")).isEqualTo("a");
        assertThat(answer.json().getString("error_code")).isEqualTo("BAD_NUMBER");
        assertThat(api.get("/api/calls/a").json().getString("status")).isEqualTo("failed");
    }

    @Test
    void tellsThatTheProvidersAnswerWasLost() {
        TestApi.Answer answer = initiate("\"callId\":\"a\",\"agentId\":\"lose\"");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().getString("status")).isEqualTo("dial_unknown");
        assertThat(answer.json()).containsKey("message");
    }

    @Test
    void queuesWhatTheProviderDidNotTake() {
        TestApi.Answer answer = initiate("\"callId\":\"a\",\"agentId\":\"away\"");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().getString("message")).isEqualTo("Call queued successfully");
        assertThat(answer.json().getString("reason_code")).isEqualTo("provider_unreachable");
        assertThat(answer.json().getJsonObject("queue").getString("id")).isEqualTo("a");
    }

    @Test
    void queuesWhenTheLimitIsReached() {
        initiate("\"callId\":\"a\"");
        initiate("\"callId\":\"b\"");

        TestApi.Answer answer = initiate("\"callId\":\"c\"");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().getString("reason_code")).isEqualTo("account_limit");
    }

    @Test
    void wantsSomebodyToCall() {
        assertThat(api.post("/api/calls/initiate", "{}").json().getString("detail"))
                .isEqualTo("phone_number or contact_id is required");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a%2Fb",
                "a;b=c",
                "%2E%2E",
                "a+b",
                "%2525",
                "EL_1_2025-11-21T10:30:00Z",
                "%22"
            })
    void findsIdsOfAnyCharacters(String encoded) {
        String id = URI.create("/" + encoded).getPath().substring(1);
        place(id.replace("\"", "\\\""));

        TestApi.Answer answer = api.get("/api/calls/" + encoded);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().getString("call_id")).isEqualTo(id);
        assertThat(api.get("/api/calls/" + encoded + "/events").status()).isEqualTo(200);
    }

    @Test
    void listsPageByPage() {
        List.of("a", "b", "c").forEach(this::place);

        JsonObject first = api.get("/api/calls?limit=2").json();
        JsonObject second =
                api.get("/api/calls?limit=2&cursor=" + first.getString("next_cursor")).json();

        assertThat(ids(first)).containsExactly("c", "b");
        assertThat(ids(second)).containsExactly("a");
        assertThat(second.get("next_cursor")).isEqualTo(JsonValue.NULL);
    }

    @Test
    void filtersAndForgivesAPlusSignThatIsNotEncoded() {
        List.of("a", "b", "c").forEach(this::place);

        assertThat(ids(api.get("/api/calls?status=queued&phone_number=+15550001111").json()))
                .containsExactly("c");
        assertThat(ids(api.get("/api/calls?phone_number=%2B15550009999").json())).isEmpty();
    }

    @Test
    void takesInstantsAsTheyAreWritten() {
        place("a");

        String window = "from=2020-01-01T00:00:00Z&to=2120-01-01T00:00:00+02:00";

        assertThat(ids(api.get("/api/calls?" + window).json())).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=%", "limit=%zz", "%=1", "from=\"", "status=%C3%28"})
    void refusesAQueryThatCannotBeRead(String query) throws IOException {
        String request =
                "GET /api/calls?%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                        .formatted(query);

        assertThat(api.raw(request)).startsWith("HTTP/1.1 400").contains("problem+json");
    }

    @Test
    void cancelsAWaitingCallOnce() {
        List.of("a", "b", "c").forEach(this::place);

        TestApi.Answer answer = api.post("/api/calls/c/cancel", "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().getString("status")).isEqualTo("cancelled");
        assertThat(api.post("/api/calls/c/cancel", "").status()).isEqualTo(409);
        assertThat(api.post("/api/calls/nobody/cancel", "").status()).isEqualTo(404);
    }

    /// There is nothing to hang up yet, so the wish is kept.
    @Test
    void notesTheWishToEndACallThatIsBeingDialed() {
        place("a");

        TestApi.Answer answer = api.post("/api/calls/a/cancel", "");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().getString("status")).isEqualTo("dialing");
        assertThat(answer.json().getString("message")).contains("as soon as");
        assertThat(api.get("/api/calls/a/events").json().toString()).contains("cancel_requested");
    }

    @Test
    void asksTheProviderToHangUp() {
        initiate("\"callId\":\"stoppable\"");
        initiate("\"callId\":\"a\"");

        assertThat(api.post("/api/calls/stoppable/cancel", "").status()).isEqualTo(202);
        assertThat(api.post("/api/calls/a/cancel", "").status()).isEqualTo(409);
    }

    @Test
    void tellsTheTimelineFromItsBeginning() {
        List.of("a", "b", "c").forEach(this::place);
        api.post("/api/calls/c/cancel", "");

        JsonObject json = api.get("/api/calls/c/events").json();

        JsonObject line = json.getJsonArray("items").getJsonObject(0);
        assertThat(line.getInt("sequence")).isEqualTo(1);
        assertThat(line.getString("event")).isEqualTo("ended");
        assertThat(line.getString("at")).isEqualTo("2025-11-21T10:30:00Z");
        assertThat(line.getJsonObject("detail").getString("by")).isEqualTo("caller");
        assertThat(api.get("/api/calls/nobody/events").status()).isEqualTo(404);
        assertThat(api.get("/api/calls/c/events?limit=1").json().get("next_cursor"))
                .isEqualTo(JsonValue.NULL);
    }

    @Test
    void tellsWhyACallWaitsAndForHowLong() {
        List.of("a", "b", "c").forEach(this::place);

        JsonObject wait = api.get("/api/calls/c/wait").json();

        assertThat(wait.getString("status")).isEqualTo("queued");
        assertThat(wait.getString("reason")).contains("limit reached");
        assertThat(wait.getJsonArray("reasons").getString(0)).isEqualTo(wait.getString("reason"));
        assertThat(wait.getJsonArray("reason_codes").getString(0)).isEqualTo("account_limit");
        assertThat(wait.getInt("position")).isEqualTo(1);
        assertThat(wait.getInt("total_in_queue")).isEqualTo(1);
        JsonObject start = wait.getJsonObject("start_estimate_seconds");
        assertThat(start.getJsonNumber("p90").doubleValue())
                .isGreaterThan(start.getJsonNumber("p50").doubleValue());
        assertThat(wait.get("next_possible_at")).isEqualTo(JsonValue.NULL);
    }

    @Test
    void aCallThatDoesNotWaitHasNoReasonToo() {
        place("a");

        JsonObject wait = api.get("/api/calls/a/wait").json();

        assertThat(wait.getString("status")).isEqualTo("dialing");
        assertThat(wait.getJsonArray("reasons")).isEmpty();
        assertThat(wait.get("start_estimate_seconds")).isEqualTo(JsonValue.NULL);
        assertThat(wait.get("position")).isEqualTo(JsonValue.NULL);
        assertThat(api.get("/api/calls/nobody/wait").status()).isEqualTo(404);
    }

    @Test
    void showsTheQueue() {
        List.of("a", "b", "c").forEach(this::place);

        JsonObject json = api.get("/api/calls/queue/status").json();

        JsonObject direct = json.getJsonObject("direct_calls");
        assertThat(direct.getInt("queued")).isEqualTo(1);
        assertThat(direct.getInt("processing")).isEqualTo(2);
        assertThat(direct.getInt("total")).isEqualTo(3);
        assertThat(direct.getJsonObject("next_call").getString("id")).isEqualTo("c");
        assertThat(json.getJsonObject("campaign_calls").getInt("total")).isZero();
        assertThat(json.getInt("limit")).isEqualTo(2);
        assertThat(json.getInt("active")).isEqualTo(2);
    }

    @Test
    void tellsWhetherItIsReady() {
        api.notReadyBecause("no database");

        TestApi.Answer answer = api.get("/observe/health/ready");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().getString("status")).isEqualTo("DOWN");
        assertThat(api.get("/observe/health/live").status()).isEqualTo(200);
    }

    private void place(String id) {
        String body = "{\"custom_call_id\":\"%s\",\"phone_number\":\"+15550001111\"}".formatted(id);
        assertThat(api.post("/api/calls/outbound", body).status()).isIn(200, 202);
    }

    private TestApi.Answer initiate(String fields) {
        return api.post("/api/calls/initiate", "{\"phoneNumber\":\"+15550001111\"," + fields + "}");
    }

    private static List<String> ids(JsonObject list) {
        return list.getJsonArray("items").getValuesAs(JsonObject.class).stream()
                .map(item -> item.getString("call_id"))
                .toList();
    }
}
