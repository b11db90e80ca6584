package linekeeper.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Setting agents up, and looking at the providers (C8, F6, H6).
class AgentsTest {
    private final TestApi api = TestApi.keyless();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void keepsAnAgent() {
        JsonObject put =
                api.send(
                                "PUT",
                                "/api/agents/sales",
                                "{\"provider\":\"bolna\",\"provider_agent_id\":\"b-1\","
                                        + "\"from_numbers\":[\"+1 415 555 0100\"],"
                                        + "\"phone_number_id\":\"p-1\"}")
                        .json();

        assertThat(put.getString("agent_id")).isEqualTo("sales");
        assertThat(put.getJsonArray("from_numbers").getString(0)).isEqualTo("+14155550100");
        assertThat(put.getJsonArray("failover")).isEmpty();
        assertThat(api.get("/api/agents/sales").json()).isEqualTo(put);
        assertThat(api.get("/api/agents").json().getJsonArray("items")).hasSize(1);
        assertThat(api.send("DELETE", "/api/agents/sales", null).status()).isEqualTo(204);
        assertThat(api.send("DELETE", "/api/agents/sales", null).status()).isEqualTo(404);
        api.get("/api/agents/sales").assertProblem(404);
    }

    @Test
    void namesWhatIsWrongWithAnAgent() {
        assertThat(wrong("{\"provider_agent_id\":\"b\"}")).contains("provider is required");
        assertThat(wrong("{\"provider\":\"bolna\"}")).contains("provider_agent_id is required");
        assertThat(wrong("{\"provider\":\"acme\",\"provider_agent_id\":\"b\"}"))
                .isEqualTo("provider must be one of bolna");
        assertThat(wrong(agent("\"from_numbers\":[\"12\"]"))).startsWith("from_numbers must be");
        assertThat(wrong(agent("\"from_numbers\":\"+14155550100\"")))
                .isEqualTo("from_numbers must be an array of strings");
        assertThat(wrong(agent("\"failover\":[\"nobody\"]")))
                .isEqualTo("failover must name known agents");
    }

    @Test
    void refusesAStandInByTheSameProvider() {
        api.send("PUT", "/api/agents/standby", agent("\"failover\":[]"));

        assertThat(wrong(agent("\"failover\":[\"standby\"]")))
                .isEqualTo("failover must name agents by other providers, one of each");
    }

    @Test
    void refusesAnUnknownProviderOfAnAccount() {
        assertThat(
                        api.send("PATCH", "/api/admin/accounts/default", "{\"provider\":\"acme\"}")
                                .json()
                                .getString("detail"))
                .isEqualTo("provider must be one of bolna");
    }

    @Test
    void showsHowTheProvidersAreDoing() {
        JsonObject bolna = api.get("/api/providers").json().getJsonArray("items").getJsonObject(0);

        assertThat(bolna.getString("name")).isEqualTo("bolna");
        assertThat(bolna.getBoolean("configured")).isTrue();
        assertThat(bolna.getInt("limit")).isEqualTo(7);
        assertThat(bolna.getJsonNumber("calls_per_second").doubleValue()).isEqualTo(2.5);
        assertThat(bolna.getJsonObject("breaker").getString("state")).isEqualTo("closed");
        assertThat(bolna.getJsonObject("breaker").get("next_probe_at")).isEqualTo(JsonValue.NULL);
    }

    private static String agent(String more) {
        return "{\"provider\":\"bolna\",\"provider_agent_id\":\"b\"," + more + "}";
    }

    private String wrong(String body) {
        TestApi.Answer answer = api.send("PUT", "/api/agents/sales", body);
        answer.assertProblem(400);
        return answer.json().getString("detail");
    }
}
