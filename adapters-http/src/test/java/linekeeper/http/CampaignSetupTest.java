package linekeeper.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Setting campaigns up (contract 3; F1, F3).
final class CampaignSetupTest {
    private static final String FULL =
            """
            {"name": "Autumn", "agent_id": "agent-1", "concurrency_limit": 5, "calls_per_second": 0.5,
             "retry": {"max_attempts": 3,
                       "on": {"busy": {"delay": "PT5M", "max_delay": "PT1H"},
                              "no_answer": {"delay": "PT30M"}}}}
            """;

    private final TestApi api = TestApi.keyless();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void keepsWhatItIsTold() {
        TestApi.Answer put = api.send("PUT", "/api/campaigns/autumn", FULL);

        assertThat(put.status()).isEqualTo(200);
        JsonObject shown = api.get("/api/campaigns/autumn").json();
        assertThat(shown.getString("campaign_id")).isEqualTo("autumn");
        assertThat(shown.getString("agent_id")).isEqualTo("agent-1");
        assertThat(shown.getInt("concurrency_limit")).isEqualTo(5);
        assertThat(shown.getJsonNumber("calls_per_second")).hasToString("0.5");
        assertThat(shown.getJsonObject("retry"))
                .hasToString(
                        "{\"max_attempts\":3,\"on\":{"
                                + "\"no_answer\":{\"delay\":\"PT30M\",\"max_delay\":\"PT24H\"},"
                                + "\"busy\":{\"delay\":\"PT5M\",\"max_delay\":\"PT1H\"}}}");
        assertThat(shown.getJsonObject("calls").getInt("queued")).isZero();
        assertThat(shown.getJsonObject("calls").getInt("total")).isZero();
    }

    @Test
    void replacesTheWholeCampaign() {
        api.send("PUT", "/api/campaigns/autumn", FULL);

        JsonObject emptied = api.send("PUT", "/api/campaigns/autumn", "{}").json();

        assertThat(emptied)
                .hasToString(
                        "{\"campaign_id\":\"autumn\",\"name\":null,\"agent_id\":null,"
                                + "\"concurrency_limit\":null,\"calls_per_second\":null,"
                                + "\"retry\":null}");
    }

    @Test
    void refusesRulesThatItWouldNotKeep() {
        for (String field : new String[] {"window", "starts_at", "ends_at"}) {
            TestApi.Answer answer =
                    api.send(
                            "PUT",
                            "/api/campaigns/a",
                            "{\"%s\": \"2026-01-01T00:00:00Z\"}".formatted(field));

            answer.assertProblem(400);
            assertThat(answer.json().getString("detail")).startsWith(field + " is not supported");
        }
        assertThat(api.get("/api/campaigns/a").status()).isEqualTo(404);
    }

    @Test
    void namesEveryFieldThatIsWrong() {
        TestApi.Answer answer =
                api.send(
                        "PUT",
                        "/api/campaigns/a",
                        """
                        {"concurrency_limit": "many", "calls_per_second": "fast",
                         "retry": {"max_attempts": 2.5,
                                   "on": {"busy": {"delay": "5 minutes"}, "completed": {"delay": "PT1M"},
                                          "failed": {}, "no_answer": 7,
                                          "voicemail": {"delay": "PT2M", "max_delay": "PT1M"}}}}
                        """);

        answer.assertProblem(400);
        assertThat(answer.json().getJsonArray("errors"))
                .extracting(error -> error.asJsonObject().getString("field"))
                .containsExactlyInAnyOrder(
                        "concurrency_limit",
                        "calls_per_second",
                        "retry.max_attempts",
                        "retry.on.busy.delay",
                        "retry.on.completed",
                        "retry.on.failed.delay",
                        "retry.on.no_answer",
                        "retry.on.voicemail.max_delay");
    }

    @Test
    void holdsValuesToTheirRanges() {
        refused("concurrency_limit", "{\"concurrency_limit\": -1}");
        refused("calls_per_second", "{\"calls_per_second\": 0}");
        refused("calls_per_second", "{\"calls_per_second\": 1e9}");
        refused("retry.max_attempts", "{\"retry\": {\"max_attempts\": 11}}");
        refused("retry.on.busy.delay", "{\"retry\": {\"on\": {\"busy\": {\"delay\": \"PT0S\"}}}}");
        refused("retry.on.busy.delay", "{\"retry\": {\"on\": {\"busy\": {\"delay\": \"P31D\"}}}}");
        refused("retry", "{\"retry\": [1]}");
        refused("agent_id", "{\"agent_id\": \"\"}");
    }

    @Test
    void listsInPages() {
        for (String id : new String[] {"a", "b", "c"}) {
            api.send("PUT", "/api/campaigns/" + id, "{}");
        }

        JsonObject first = api.get("/api/campaigns?limit=2").json();
        JsonObject second =
                api.get("/api/campaigns?limit=2&cursor=" + first.getString("next_cursor")).json();

        assertThat(first.getJsonArray("items")).hasSize(2);
        assertThat(second.getJsonArray("items").getJsonObject(0).getString("campaign_id"))
                .isEqualTo("c");
        assertThat(second.isNull("next_cursor")).isTrue();
    }

    @Test
    void showsOnlyTheCallersOwnCampaigns() {
        assertThat(api.get("/api/campaigns/nobody").status()).isEqualTo(404);
        assertThat(api.post("/api/campaigns/a", "{}").status()).isEqualTo(405);
    }

    private void refused(String field, String body) {
        TestApi.Answer answer = api.send("PUT", "/api/campaigns/a", body);

        answer.assertProblem(400);
        assertThat(answer.json().getString("detail")).as(body).startsWith(field + " ");
    }
}
