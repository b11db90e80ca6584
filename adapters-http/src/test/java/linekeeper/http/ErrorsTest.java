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
                api.send(
                        api.request("/api/calls/outbound", "Content-Type", "application/json")
                                .POST(BodyPublishers.ofByteArray(body))),
                400);
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 900, 100_000})
    void refusesJsonThatIsTooDeep(int depth) {
        String body = "{\"user_data\":" + "[".repeat(depth) + "]".repeat(depth) + "}";

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/json; charset=iso-8859-1",
                "application/json; charset",
                "application/json; charset=",
                "application/jsonp",
                "application/vnd.api+json",
                "json",
                ";",
                "/",
                ""
            })
    void wantsJson(String type) {
        assertProblem(api.post("/api/calls/outbound", "{}", "Content-Type", type), 415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json;charset=UTF-8",
                "application/json ; charset=\"utf-8\" ;",
                "application/json; v=1"
            })
    void takesJsonHoweverItIsNamed(String type) {
        assertProblem(api.post("/api/calls/outbound", "{}", "Content-Type", type), 400);
    }

    @Test
    void wantsToBeToldThatABodyIsJson() {
        assertProblem(
                api.send(api.request("/api/calls/outbound").POST(BodyPublishers.ofString("{}"))),
                415);
        assertProblem(api.send("POST", "/api/calls/outbound", null), 400);
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
                        api.request("/api/calls/outbound", "Content-Type", "application/json")
                                .POST(
                                        BodyPublishers.ofInputStream(
                                                () -> new ByteArrayInputStream(body)))),
                413);
    }

    @Test
    void limitsBodiesThatAreOnlyAnnounced() throws IOException {
        String head =
                "POST /api/calls/outbound HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/json\r\n"
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
                "G{T /api/calls HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /api/calls HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n",
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
    @ValueSource(strings = {"+1000000000-12-31T23:59:59Z a", "2025-11-21T10:30:00Z \0", "a", "\0"})
    void refusesCursorsThatNoListGave(String place) {
        String query = "?cursor=" + Cursors.seal(place);

        assertProblem(api.get("/api/calls" + query), 400);
        assertProblem(api.get("/api/slots" + query), 400);
    }

    @Test
    void refusesCursorsThatNameNoAccount() {
        assertProblem(api.get("/api/admin/accounts?cursor=" + Cursors.seal("\0")), 400);
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
        answer.assertProblem(status);
    }
}
