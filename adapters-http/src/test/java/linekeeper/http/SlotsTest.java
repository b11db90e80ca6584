package linekeeper.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;

import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.call.UnboundCall;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;

/// Showing and releasing slots, and hearing from providers (contract 2 and 6; B3, B5, H3).
class SlotsTest {
    private final TestApi api = TestApi.keyless();

    @AfterEach
    void stop() {
        api.close();
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
    void saysWhySlotsSeemStuck() {
        initiate("\"callId\":\"lost\",\"agentId\":\"lose\"");
        initiate("\"callId\":\"well\"");

        JsonObject lost = slot("lost");
        assertThat(lost.getString("unknown_since")).isEqualTo("2025-11-21T10:30:00Z");
        assertThat(lost.getString("next_check_at")).isEqualTo("2025-11-21T10:31:00Z");
        assertThat(lost.getString("why"))
                .isEqualTo(
                        "The provider's answer to the dial was lost at 2025-11-21T10:30:00Z;"
                                + " the provider is asked at 2025-11-21T10:31:00Z");
        assertThat(slot("well").isNull("why")).isTrue();
        assertThat(slot("well").getString("seen_at")).isEqualTo("2025-11-21T10:30:00Z");

        api.advance(Duration.ofMinutes(10));
        assertThat(slot("well").getString("why"))
                .startsWith("Not heard of since 2025-11-21T10:30:00Z");
    }

    private JsonObject slot(String id) {
        return api
                .get("/api/slots")
                .json()
                .getJsonArray("items")
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(slot -> slot.getString("call_id").equals(id))
                .findFirst()
                .orElseThrow();
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
    void takesTwiliosFormsByTheirKind() {
        initiate("\"callId\":\"a\"");

        assertThat(form("/webhooks/twilio/status?call_id=a", "exec-a").status()).isEqualTo(200);
        assertThat(api.get("/api/calls/a").json().getString("status")).isEqualTo("ringing");
        assertThat(form("/webhooks/twilio/amd?call_id=a", "x=y").status()).isEqualTo(200);
        form("/webhooks/twilio/recording", "x=y").assertProblem(401);
        assertThat(form("/webhooks/twilio/other", "x=y").status()).isEqualTo(404);
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

    private TestApi.Answer form(String path, String body) {
        return api.send(
                api.request(path)
                        .setHeader("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body)));
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
