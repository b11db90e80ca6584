package linekeeper.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;

/// Which methods a path takes, and what happens to others (contract 1).
class MethodsTest {
    private final TestApi api = TestApi.keyless();

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE | /api/calls/outbound | POST",
                "GET | /api/slots/release | POST",
                "POST | /api/calls/queue/status | GET, HEAD",
                "PUT | /api/admin/accounts | GET, HEAD, POST",
                "POST | /api/admin/accounts/a | GET, HEAD, PATCH",
                "GET | /webhooks/bolna/hook-token | POST",
                "GET | /webhooks/elevenlabs | POST",
                "GET | /webhooks/twilio/amd | POST",
                "POST | /observe/health/live | GET, HEAD"
            })
    void tellsWhichMethodsAPathHas(String method, String path, String allowed) {
        TestApi.Answer answer = api.send(method, path, null);

        answer.assertProblem(405);
        assertThat(answer.header("Allow")).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/calls, 200",
        "/api/calls/nobody, 404",
        "/nothing, 404",
        "/webhooks/simulated, 405"
    })
    void answersHeadAsGetWithoutTheBody(String path, int status) throws IOException {
        String request =
                "HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

        assertThat(api.raw(request))
                .startsWith("HTTP/1.1 " + status)
                .contains("Content-Length: " + api.get(path).response().body().length)
                .endsWith("\r\n\r\n")
                .doesNotContain("{");
    }

    @Test
    void tellsTheOptions() {
        TestApi.Answer answer = api.send("OPTIONS", "/api/slots/release", null);

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Allow")).isEqualTo("POST");
        api.send("OPTIONS", "/api/nothing", null).assertProblem(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"outbound", "initiate"})
    void takesAWordOfItsOwnForACallOnlyIfThereIsOne(String word) {
        TestApi.Answer answer = api.get("/api/calls/" + word);

        answer.assertProblem(405);
        assertThat(answer.header("Allow")).isEqualTo("POST");
        api.post(
                "/api/calls/outbound",
                "{\"custom_call_id\":\"" + word + "\",\"phone_number\":\"+15550001111\"}");
        assertThat(api.get("/api/calls/" + word).status()).isEqualTo(200);
    }
}
