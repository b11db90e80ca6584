package linekeeper.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;

/// Keys, roles and accounts (I3, D10).
class AuthenticationTest {
    private static final String[] ADMIN = {"Authorization", "Bearer " + TestApi.ADMIN_KEY};
    private static final String CALL =
            "{\"custom_call_id\":\"a\",\"phone_number\":\"+15550001111\"}";

    private final TestApi api = TestApi.withAdminKey();

    @BeforeEach
    void createAccount() {
        api.post("/api/admin/accounts", "{\"account_id\":\"acme\"}", ADMIN);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void wantsAKeyOnceThereIsOne() {
        TestApi.Answer answer = api.get("/api/calls");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(answer.header("X-Request-Id")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer wrong", "Bearer ", "Basic dGhlLWFkbWluLWtleQ==", "the-admin-key"})
    void refusesWrongKeys(String authorization) {
        assertThat(api.get("/api/calls", "Authorization", authorization).status()).isEqualTo(401);
    }

    @Test
    void healthNeedsNoKey() {
        assertThat(api.get("/observe/health/live").status()).isEqualTo(200);
        assertThat(api.get("/observe/health/ready").status()).isEqualTo(200);
    }

    @Test
    void letsAKeyActForItsAccountOnly() {
        String key = issue("{}");

        assertThat(api.post("/api/calls/outbound", CALL, bearer(key)).status()).isEqualTo(200);
        assertThat(api.get("/api/calls/a", bearer(key)).json().getString("account_id"))
                .isEqualTo("acme");
        assertThat(api.get("/api/calls/a", ADMIN).status()).isEqualTo(404);
        assertThat(acting(key, "default")).isEqualTo(403);
        assertThat(acting(key, "acme")).isEqualTo(200);
    }

    @Test
    void letsAnAdminActForAnyAccount() {
        api.post("/api/calls/outbound", CALL, bearer(issue("{}")));

        assertThat(acting(TestApi.ADMIN_KEY, "acme")).isEqualTo(200);
        assertThat(acting(issue("{\"admin\":true}"), "default")).isEqualTo(404);
    }

    @Test
    void tellsAdminsThatThereIsNoSuchAccount() {
        TestApi.Answer answer = asAdminOf("nobody");

        answer.assertProblem(404);
        assertThat(answer.json().getString("detail")).isEqualTo("Account not found");
        assertThat(asAdminOf("acme").status()).isEqualTo(200);
    }

    @Test
    void namesTheHeaderThatIsNoAccount() {
        TestApi.Answer answer = asAdminOf("a b");

        answer.assertProblem(400);
        assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("field"))
                .isEqualTo("X-Account-Id");
    }

    @Test
    void keepsAdministrationToAdmins() {
        String[] key = bearer(issue(null));

        assertThat(api.get("/api/admin/accounts/acme", key).status()).isEqualTo(403);
        assertThat(api.post("/api/admin/accounts", "{}", key).status()).isEqualTo(403);
        assertThat(api.post("/api/slots/a/release", "{}", key).status()).isEqualTo(403);
        assertThat(api.post("/api/slots/release", "{}", key).status()).isEqualTo(403);
        assertThat(api.post("/api/admin/accounts/acme/keys", "{}", key).status()).isEqualTo(403);
    }

    @Test
    void revokesKeys() {
        var issued = api.post("/api/admin/accounts/acme/keys", "{}", ADMIN).json();
        String path = "/api/admin/accounts/acme/keys/" + issued.getString("key_id");

        assertThat(api.send("DELETE", path, null, ADMIN).status()).isEqualTo(204);

        assertThat(api.get("/api/calls", bearer(issued.getString("key"))).status()).isEqualTo(401);
        assertThat(api.send("DELETE", path, null, ADMIN).status()).isEqualTo(404);
    }

    @Test
    void needsNoKeyOnLoopbackWhileThereIsNone() {
        try (TestApi open = TestApi.keyless()) {
            assertThat(open.get("/api/admin/accounts/default").status()).isEqualTo(200);

            open.post("/api/admin/accounts/default/keys", "{}");

            assertThat(open.get("/api/admin/accounts/default").status()).isEqualTo(401);
        }
    }

    @Test
    void trustsNoPageFromElsewhere() throws IOException {
        try (TestApi open = TestApi.keyless()) {
            assertThat(open.raw(request("Host: evil.example"))).startsWith("HTTP/1.1 401");
            assertThat(open.raw(request("Host: localhost\r\nOrigin: http://evil.example")))
                    .startsWith("HTTP/1.1 401");
            assertThat(open.raw(request("Host: localhost.evil.example:80")))
                    .startsWith("HTTP/1.1 401");
            assertThat(open.raw(request("Host: [::1]:8080\r\nOrigin: http://127.0.0.1:8080")))
                    .startsWith("HTTP/1.1 200");
        }
    }

    private static String request(String headers) {
        return "GET /api/calls HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n";
    }

    private int acting(String key, String account) {
        return api.get("/api/calls/a", "Authorization", "Bearer " + key, "X-Account-Id", account)
                .status();
    }

    private TestApi.Answer asAdminOf(String account) {
        return api.get(
                "/api/calls",
                "Authorization",
                "Bearer " + TestApi.ADMIN_KEY,
                "X-Account-Id",
                account);
    }

    private String issue(@Nullable String body) {
        TestApi.Answer answer = api.send("POST", "/api/admin/accounts/acme/keys", body, ADMIN);
        assertThat(answer.status()).isEqualTo(201);
        return answer.json().getString("key");
    }

    private static String[] bearer(String key) {
        return new String[] {"Authorization", "bearer " + key};
    }
}
