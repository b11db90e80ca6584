package linekeeper.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.call.UnboundCall;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.util.List;

/// Initiating, showing, cancelling, releasing and reporting calls (contract 2 and 6).
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
    void cancelsAWaitingCallOnce() {
        List.of("a", "b", "c").forEach(this::place);

        TestApi.Answer answer = api.post("/api/calls/c/cancel", "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().getString("status")).isEqualTo("cancelled");
        assertThat(api.post("/api/calls/c/cancel", "").status()).isEqualTo(409);
        assertThat(api.post("/api/calls/a/cancel", "").status()).isEqualTo(409);
        assertThat(api.post("/api/calls/nobody/cancel", "").status()).isEqualTo(404);
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
    void showsSlots() {
        place("a");
        initiate("\"callId\":\"b\"");

        assertThat(ids(api.get("/api/slots").json())).containsExactly("a", "b");
        assertThat(ids(api.get("/api/slots?unbound_for=PT0S").json())).containsExactly("a");
        assertThat(ids(api.get("/api/slots?older_than=PT1H").json())).isEmpty();
        assertThat(api.get("/api/slots?older_than=1h").status()).isEqualTo(400);
        JsonObject page = api.get("/api/slots?limit=1").json();
        assertThat(ids(page)).containsExactly("a");
        assertThat(ids(api.get("/api/slots?cursor=" + page.getString("next_cursor")).json()))
                .containsExactly("b");
    }

    @Test
    void releasesASlotOnce() {
        place("a");
        initiate("\"callId\":\"b\"");
        String body = "{\"provider\":\"bolna\",\"execution_id\":\"exec-b\"}";

        JsonObject released = api.post("/api/slots/a/release", "").json();

        assertThat(released.getBoolean("released")).isTrue();
        assertThat(released.getString("call_type")).isEqualTo("direct");
        assertThat(api.get("/api/calls/a").json().getString("error_code"))
                .isEqualTo("RELEASED_BY_OPERATOR");
        assertThat(api.post("/api/slots/a/release", "").json().getBoolean("released")).isFalse();
        assertThat(api.post("/api/slots/release", body).json().getBoolean("released")).isTrue();
        assertThat(api.post("/api/slots/release", "{}").status()).isEqualTo(400);
    }

    @Test
    void takesReportsWithTheRightTokenOnly() {
        initiate("\"callId\":\"a\"");

        assertThat(report("/webhooks/bolna/wrong", "exec-a")).isEqualTo(401);
        assertThat(api.get("/api/calls/a").json().getString("status")).isEqualTo("dialing");
        assertThat(report("/webhooks/bolna/hook-token", "exec-a")).isEqualTo(200);
        assertThat(api.get("/api/calls/a").json().getString("status")).isEqualTo("ringing");
        assertThat(report("/webhooks/bolna/hook-token", " ")).isEqualTo(400);
    }

    @Test
    void saysThatItKnowsNoSuchCall() {
        TestApi.Answer answer = api.post("/webhooks/simulated", "exec-nobody");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("detail")).isEqualTo("Call record not found");
    }

    @Test
    void parksReportsThatMayBeAboutACallBeingDialed() {
        place("a");

        assertThat(report("/webhooks/simulated", "exec-early")).isEqualTo(200);
        assertThat(api.calls.find(new CallKey(AccountId.DEFAULT, new CallId("a"))).orElseThrow())
                .isInstanceOf(UnboundCall.class);
    }

    @Test
    void tellsWhetherItIsReady() {
        api.notReadyBecause("no database");

        TestApi.Answer answer = api.get("/observe/health/ready");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().getString("status")).isEqualTo("DOWN");
        assertThat(api.get("/observe/health/live").status()).isEqualTo(200);
    }

    @Test
    void setsAccountsUp() {
        String body =
                "{\"account_id\":\"acme\",\"name\":\"Acme\",\"concurrency_limit\":5,\"weight\":2}";

        assertThat(api.post("/api/admin/accounts", body).status()).isEqualTo(201);
        assertThat(api.post("/api/admin/accounts", body).status()).isEqualTo(409);
        JsonObject patched =
                api.send("PATCH", "/api/admin/accounts/acme", "{\"concurrency_limit\":7}").json();
        assertThat(patched.getInt("concurrency_limit")).isEqualTo(7);
        assertThat(patched.getString("name")).isEqualTo("Acme");
        assertThat(api.get("/api/admin/accounts/acme").json()).isEqualTo(patched);
        assertThat(api.send("PATCH", "/api/admin/accounts/acme", "{\"weight\":0}").status())
                .isEqualTo(400);
        assertThat(api.get("/api/admin/accounts/nobody").status()).isEqualTo(404);
        assertThat(api.get("/api/admin/accounts").json().getJsonArray("items")).hasSize(2);
    }

    @Test
    void listsAccountsPageByPage() {
        api.post("/api/admin/accounts", "{\"account_id\":\"acme\"}");

        JsonObject first = api.get("/api/admin/accounts?limit=1").json();
        JsonObject last =
                api.get("/api/admin/accounts?limit=1&cursor=" + first.getString("next_cursor"))
                        .json();

        assertThat(first.getJsonArray("items").getJsonObject(0).getString("account_id"))
                .isEqualTo("acme");
        assertThat(last.getJsonArray("items").getJsonObject(0).getString("account_id"))
                .isEqualTo("default");
        assertThat(last.get("next_cursor")).isEqualTo(JsonValue.NULL);
    }

    private int report(String path, String execution) {
        return api.post(path, execution).status();
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
