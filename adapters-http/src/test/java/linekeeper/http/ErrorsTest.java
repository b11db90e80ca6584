package linekeeper.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/// What goes wrong is told as a problem, with a request id and without internals (contract 1, I3).
class ErrorsTest {
    private static final int MIB = 1 << 20;

    private final TestApi api = TestApi.keyless();

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "5",
                "{\"a\":1,\"a\":2}",
                "{} {}",
                "{\"a\":01}",
                "{\"a\":\"\u0001\"}",
                "\"text\""
            })
    void refusesWhatIsNotOneJsonObject(String body) {
        assertProblem(api.post("/api/calls/outbound", body), 400);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[] body = "{\"a\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertProblem(
                api.send(api.request("/api/calls/outbound").POST(BodyPublishers.ofByteArray(body))),
                400);
    }

    @Test
    void refusesJsonThatIsTooDeep() {
        String body = "{\"user_data\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertProblem(api.post("/api/calls/outbound", body), 400);
    }

    @Test
    void survivesNumbersOfAbsurdSize() {
        assertProblem(
                api.post(
                        "/api/calls/outbound",
                        "{\"custom_call_id\":\"a\",\"phone_number\":\"+15550001111\","
                                + "\"priority\":1e999999999}"),
                400);
    }

    @Test
    void knowsNoOtherPath() {
        assertProblem(api.get("/api/nothing"), 404);
        assertProblem(api.get("/api/calls/"), 404);
        assertProblem(api.get("/"), 404);
    }

    @Test
    void tellsWhichMethodsAPathHas() {
        TestApi.Answer answer = api.send("DELETE", "/api/calls/outbound", null);

        assertProblem(answer, 405);
        assertThat(answer.header("Allow")).isEqualTo("GET, POST");
    }

    @Test
    void answersHeadWithoutABody() throws IOException {
        String head = "HEAD /api/calls HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

        assertThat(api.raw(head))
                .startsWith("HTTP/1.1 405")
                .contains("Allow: GET")
                .endsWith("\r\n\r\n")
                .doesNotContain("{");
    }

    @Test
    void wantsJson() {
        assertProblem(api.post("/api/calls/outbound", "{}", "Content-Type", "text/plain"), 415);
        assertProblem(
                api.post("/api/calls/outbound", "{}", "Content-Type", "application/json;charset=x"),
                415);
    }

    @ParameterizedTest
    @ValueSource(ints = {MIB + 1, 5 * MIB})
    void limitsBodies(int size) {
        assertProblem(api.post("/api/calls/outbound", "x".repeat(size)), 413);
    }

    @Test
    void limitsChunkedBodies() {
        byte[] body = new byte[MIB + 1];

        assertProblem(
                api.send(
                        api.request("/api/calls/outbound")
                                .POST(
                                        BodyPublishers.ofInputStream(
                                                () -> new ByteArrayInputStream(body)))),
                413);
    }

    @Test
    void limitsBodiesThatAreOnlyAnnounced() throws IOException {
        String head =
                "POST /api/calls/outbound HTTP/1.1\r\nHost: localhost\r\n"
                        + "Expect: 100-continue\r\nContent-Length: "
                        + (MIB + 1)
                        + "\r\n\r\n";

        assertThat(api.raw(head)).startsWith("HTTP/1.1 413").contains("Connection: close");
    }

    @Test
    void answersTheNextRequestAfterATooLargeOne() {
        api.post("/api/calls/outbound", "x".repeat(MIB + 1));

        assertThat(api.get("/observe/health/live").status()).isEqualTo(200);
    }

    @Test
    void asksToRepeatWhileTheStoreIsDown() {
        api.calls.goDown();

        TestApi.Answer answer = api.get("/api/calls/a");

        assertProblem(answer, 503);
        assertThat(answer.header("Retry-After")).isNotEmpty();
    }

    @Test
    void keepsTheInsideInside() {
        api.calls.breakDown();

        TestApi.Answer answer = api.get("/api/calls/a");

        assertProblem(answer, 500);
        assertThat(answer.json().toString()).doesNotContain("secret", "Exception");
    }

    @Test
    void takesTheCallersRequestIdIfItIsFitForALog() {
        assertThat(api.get("/api/calls", "X-Request-Id", "abc-1").header("X-Request-Id"))
                .isEqualTo("abc-1");
        assertThat(api.get("/api/calls", "X-Request-Id", "a b").header("X-Request-Id"))
                .isNotEqualTo("a b")
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /api/calls HTTP/1.1\r\n\r\n"
            })
    void refusesWhatIsNotHttp(String request) throws IOException {
        assertThat(api.raw(request))
                .startsWith("HTTP/1.1 400")
                .containsIgnoringCase("X-Request-Id: ")
                .contains("application/problem+json", "\"status\":400");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=501", "limit=x", "cursor=%20", "status=gone"})
    void refusesWrongQueryParameters(String query) {
        TestApi.Answer answer = api.get("/api/calls?" + query);

        assertProblem(answer, 400);
        assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("field"))
                .isEqualTo(query.substring(0, query.indexOf('=')));
    }

    private static void assertProblem(TestApi.Answer answer, int status) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("X-Request-Id")).isNotEmpty();
        assertThat(answer.json().getInt("status")).isEqualTo(status);
        assertThat(answer.json()).containsKeys("type", "title", "detail");
    }
}
