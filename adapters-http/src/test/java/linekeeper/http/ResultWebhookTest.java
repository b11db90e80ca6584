package linekeeper.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

import linekeeper.application.contract.TestCalls;
import linekeeper.application.port.Change;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Intake.Candidate;
import linekeeper.application.port.Intake.Reserved;
import linekeeper.domain.AccountId;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.TimelineEvent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Base64;
import java.util.List;

/// Setting the webhook up, looking at notifications and replaying them (contract 5; A5, H4).
class ResultWebhookTest {
    private static final String WEBHOOK = "/api/webhook";
    private static final String URL = "https://backend.example/results";

    private final TestApi api = TestApi.keyless();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void keepsTheSecretUntilItIsRotated() {
        JsonObject first = put("\"url\":\"" + URL + "\"").json();
        JsonObject again = put("\"url\":\"" + URL + "/2\"").json();
        JsonObject rotated = put("\"url\":\"" + URL + "\",\"rotate\":true").json();

        String secret = first.getString("secret");
        assertThat(secret).startsWith("whsec_");
        assertThat(Base64.getDecoder().decode(secret.substring(6))).hasSizeGreaterThanOrEqualTo(24);
        assertThat(first.getString("url")).isEqualTo(URL);
        assertThat(again.getString("secret")).isEqualTo(secret);
        assertThat(again.getString("url")).isEqualTo(URL + "/2");
        assertThat(rotated.getString("secret")).startsWith("whsec_").isNotEqualTo(secret);
    }

    @Test
    void showsTheWebhookWithoutItsSecret() {
        assertThat(api.get(WEBHOOK).status()).isEqualTo(404);
        put("\"url\":\"" + URL + "\",\"events\":[\"call.ended\"]");

        JsonObject shown = api.get(WEBHOOK).json();

        assertThat(shown.toString()).doesNotContain("whsec_").doesNotContain("secret");
        assertThat(shown.getString("url")).isEqualTo(URL);
        assertThat(shown.getJsonArray("events").toString()).isEqualTo("[\"call.ended\"]");
        assertThat(shown.get("disabled_since")).isEqualTo(JsonValue.NULL);
        assertThat(api.send("DELETE", WEBHOOK, null).status()).isEqualTo(204);
        assertThat(api.send("DELETE", WEBHOOK, null).status()).isEqualTo(404);
        assertThat(api.get(WEBHOOK).status()).isEqualTo(404);
    }

    @Test
    void saysWhenItWasDisabledAndEnablesItAgain() {
        put("\"url\":\"" + URL + "\"");
        api.results
                .stores
                .webhooks()
                .update(AccountId.DEFAULT, one -> one.disabled("answered 410", TestApi.NOW));

        assertThat(api.get(WEBHOOK).json().getString("disabled_since"))
                .isEqualTo("2025-11-21T10:30:00Z");
        assertThat(api.get(WEBHOOK).json().getString("disabled_reason")).isEqualTo("answered 410");
        put("\"url\":\"" + URL + "\"");
        assertThat(api.get(WEBHOOK).json().get("disabled_since")).isEqualTo(JsonValue.NULL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"url\":\"ftp://backend.example/\"",
                "\"url\":\"backend.example\"",
                "\"url\":\"https:///path\"",
                "\"url\":\"https://user:secret@backend.example/\"",
                "\"url\":\"https://inside.example/\"",
                "\"url\":\"http:// \"",
                "\"url\":7",
                "\"events\":[\"call.ended\"]"
            })
    void refusesUrlsByName(String fields) {
        TestApi.Answer answer = put(fields);

        answer.assertProblem(400);
        assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("field"))
                .isEqualTo("url");
        assertThat(api.get(WEBHOOK).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[\"call.paused\"]", "\"call.ended\"", "[1]"})
    void refusesEventsItDoesNotKnow(String events) {
        TestApi.Answer answer = put("\"url\":\"" + URL + "\",\"events\":" + events);

        answer.assertProblem(400);
        assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("field"))
                .isEqualTo("events");
    }

    @Test
    void takesPrivateAddressesWhereTheyAreAllowed() {
        api.results.privateAllowed.set(true);

        assertThat(put("\"url\":\"http://inside.example:8080/\"").status()).isEqualTo(200);
    }

    @Test
    void listsNotificationsAndReplaysThem() {
        end("a");
        end("b");
        JsonObject page = api.get("/api/notifications?limit=1").json();
        JsonObject item = item(page);

        assertThat(item.getString("type")).isEqualTo("call.ended");
        assertThat(item.getString("call_id")).isEqualTo("a");
        assertThat(item.getString("status")).isEqualTo("pending");
        assertThat(item.getInt("deliveries")).isZero();
        JsonObject next =
                api.get("/api/notifications?limit=1&cursor=" + page.getString("next_cursor"))
                        .json();
        assertThat(item(next).getString("call_id")).isEqualTo("b");
        assertThat(api.get("/api/notifications?call_id=b").json().getJsonArray("items")).hasSize(1);
        assertThat(api.get("/api/notifications?status=dead").json().getJsonArray("items"))
                .isEmpty();
        assertThat(api.get("/api/notifications?status=lost").status()).isEqualTo(400);
        assertThat(api.get("/api/notifications?cursor=eHh4").status()).isEqualTo(400);

        String replay = "/api/notifications/" + item.getString("id") + "/replay";
        assertThat(api.post(replay, "").json().getString("id")).isEqualTo(item.getString("id"));
        assertThat(api.post("/api/notifications/msg_x/replay", "").status()).isEqualTo(404);
    }

    @Test
    void replaysATime() {
        end("a");
        api.results.notices().giveUp(TestCalls.NOW.plusSeconds(9), "why", 9);
        String range = "{\"from\":\"2026-03-29T00:00:00Z\",\"to\":\"2026-03-29T01:00:00Z\"%s}";

        assertThat(replayed(range.formatted(",\"status\":\"delivered\""))).isZero();
        assertThat(replayed(range.formatted(""))).isEqualTo(1);
        assertThat(replayed(range.formatted(""))).isZero();
        assertThat(api.post("/api/notifications/replay", "{}").status()).isEqualTo(400);
        assertThat(
                        api.post(
                                        "/api/notifications/replay",
                                        range.formatted(",\"status\":\"lost\""))
                                .status())
                .isEqualTo(400);
    }

    private int replayed(String range) {
        return api.post("/api/notifications/replay", range).json().getInt("replayed");
    }

    private static JsonObject item(JsonObject page) {
        List<JsonObject> items = page.getJsonArray("items").getValuesAs(JsonObject.class);
        assertThat(items).hasSize(1);
        return items.getFirst();
    }

    private TestApi.Answer put(String fields) {
        return api.send("PUT", WEBHOOK, "{" + fields + "}");
    }

    private void end(String id) {
        var engine = api.results.stores.engine();
        Candidate candidate =
                new Candidate(
                        TestCalls.aCall(id).build(),
                        TestCalls.PROVIDER,
                        TestCalls.NOW,
                        ClaimTerms.of(500, () -> TestCalls.NOW));
        ReservedCall call = ((Reserved) engine.intake().admit(candidate).own()).call();
        engine.calls()
                .change(
                        call.key(),
                        current ->
                                Change.to(
                                        call.end(new Outcome.Busy(), CallFacts.NONE, TestCalls.NOW),
                                        TimelineEvent.of(TestCalls.NOW, "ended"),
                                        true));
    }
}
