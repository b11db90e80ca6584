package linekeeper.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Setting accounts up (contract 4).
class AccountsTest {
    private final TestApi api = TestApi.keyless();

    @AfterEach
    void stop() {
        api.close();
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
}
