package linekeeper.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// No input makes the service fail: whatever is sent, the answer says that the sender erred, or that
/// all is well (contract 1, I3). Every failure names its seed; put it into [#SEED] to see it again.
class FuzzTest {
    /// 0: another one each time.
    private static final long SEED = 0;

    private static final int ROUNDS = 1_500;
    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";
    private static final Pattern STATUS = Pattern.compile("HTTP/1.1 ([0-9]{3}) ");

    private static final List<String> METHODS =
            List.of("GET", "POST", "PATCH", "DELETE", "PUT", "HEAD", "OPTIONS", "TRACE", "X");

    private static final List<String> FIELDS =
            List.of(
                    "custom_call_id",
                    "phone_number",
                    "contact_id",
                    "agent_id",
                    "from_number",
                    "contact_name",
                    "campaign_id",
                    "driver_id",
                    "user_data",
                    "priority",
                    "scheduled_at",
                    "expires_at",
                    "max_attempts",
                    "callId",
                    "recipientPhone",
                    "account_id",
                    "concurrency_limit",
                    "weight",
                    "provider",
                    "execution_id",
                    "admin",
                    "name");

    private static final List<String> VALUES =
            List.of(
                    "null",
                    "true",
                    "0",
                    "-1",
                    "1.5",
                    "1e999999999",
                    "1e-999999999",
                    "1E400",
                    "-0",
                    "9".repeat(1_000),
                    "9".repeat(5_000),
                    "9223372036854775808",
                    "\"\"",
                    "\" \"",
                    "\"a\"",
                    "\"a/b\"",
                    "\"+15550001111\"",
                    "\"+٣٣٣٣٣٣٣٣\"",
                    "\"\\u0000\"",
                    "\"\\ud800\"",
                    "\"\\udc00\\ud800\"",
                    "\"😀\"",
                    "\"2025-11-21T10:30:00Z\"",
                    "\"2999-11-21T10:30:00+18:00\"",
                    "\"-999999999-01-01T00:00:00Z\"",
                    "\"+999999999-12-31T23:59:59.999999999-18:00\"",
                    "\"2025-02-30T00:00:00Z\"",
                    "[]",
                    "{}",
                    "{\"\\u0000\":1}",
                    "{\"a\":1e999999999}",
                    "[".repeat(900) + "]".repeat(900),
                    "{\"a\":".repeat(900) + "1" + "}".repeat(900),
                    "\"" + "x".repeat(20_000) + "\"",
                    "{\"x\":\"" + "x".repeat(20_000) + "\"}");

    private static final List<String> PATHS =
            List.of(
                    "/api/calls",
                    "/api/calls/outbound",
                    "/api/calls/initiate",
                    "/api/calls/a",
                    "/api/calls/a/events",
                    "/api/calls/a/cancel",
                    "/api/calls/queue/status",
                    "/api/slots",
                    "/api/slots/release",
                    "/api/slots/a/release",
                    "/api/admin/accounts",
                    "/api/admin/accounts/default",
                    "/api/admin/accounts/default/keys/x",
                    "/webhooks/bolna/hook-token",
                    "/webhooks/simulated",
                    "/observe/health/live",
                    "/");

    private static final List<String> PIECES =
            List.of(
                    "%00",
                    "%ff", "%C0%80", "%2F", "%2e%2e", "..", ";", ";a=b", "%", "%1", "+", "//", "@",
                    ":", "x", "~");

    private static final List<String> PARAMETERS =
            List.of(
                    "limit",
                    "cursor",
                    "status",
                    "type",
                    "campaign_id",
                    "driver_id",
                    "phone_number",
                    "from",
                    "to",
                    "older_than",
                    "unbound_for");

    private static final List<String> ARGUMENTS =
            List.of(
                    "",
                    "0",
                    "-1",
                    "99999999999",
                    "%00",
                    "%ff",
                    "%F0%9F%98%80",
                    "x",
                    "queued",
                    "direct",
                    "PT1H",
                    "PT9223372036854775807S",
                    "-PT9223372036854775807S",
                    "2025-11-21T10:30:00Z",
                    "2025-11-21T10:30:00+01:00",
                    "-999999999-01-01T00:00:00Z",
                    "AA",
                    Cursors.seal("+1000000000-12-31T23:59:59Z a"),
                    Cursors.seal("-1000000000-01-01T00:00:00Z a"),
                    Cursors.seal("2025-11-21T10:30:00Z \0"),
                    Cursors.seal("\0"),
                    Cursors.seal(" "),
                    Cursors.seal("-9223372036854775808"),
                    Cursors.seal("9223372036854775807"));

    private static final List<String> HEADERS =
            List.of(
                    "Content-Type: application/json",
                    "Content-Type: json",
                    "Content-Type: application/json; charset",
                    "Content-Type: application/json; charset=\"utf-8\"",
                    "Content-Type: ;",
                    "Content-Type: /",
                    "Content-Type:",
                    "Content-Length: -1",
                    "Content-Length: x",
                    "Content-Length: 3",
                    "Content-Length: 99999999999999999999",
                    "Transfer-Encoding: chunked",
                    "Transfer-Encoding: gzip",
                    "Content-Encoding: gzip",
                    "Authorization: Bearer",
                    "Authorization: ",
                    "X-Account-Id: ",
                    "X-Account-Id: a b",
                    "X-Account-Id: nobody",
                    "X-Request-Id: " + "x".repeat(129),
                    "Origin: null",
                    "Origin: ://",
                    "Accept: nothing/at-all;q=x",
                    "Accept: ;",
                    "Expect: 100-continue",
                    "Expect: something",
                    "Upgrade: h2c",
                    "Range: bytes=0-",
                    "Host: other",
                    "Host: a:b",
                    "Cookie: ;;=;",
                    "X: " + "y".repeat(20_000),
                    "no colon",
                    ": no name",
                    "Sp ace: x",
                    "Ünï: x");

    /// Held here, for the logging system forgets loggers that nobody holds.
    private static final Logger LOG = Logger.getLogger("linekeeper");

    private final long seed = SEED == 0 ? System.nanoTime() : SEED;
    private final SplittableRandom random = new SplittableRandom(seed);
    private final TestApi api = TestApi.keyless();

    @BeforeAll
    static void beQuiet() {
        LOG.setLevel(Level.SEVERE);
    }

    @AfterAll
    static void beLoud() {
        LOG.setLevel(null);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void noBodyMakesItFail() {
        for (int round = 0; round < ROUNDS; round++) {
            String path = PATHS.get(random.nextInt(PATHS.size()));
            byte[] body = body();
            int status =
                    api.send(
                                    api.request(path, "Content-Type", "application/json")
                                            .POST(BodyPublishers.ofByteArray(body)))
                            .status();
            assertThat(status)
                    .as("seed %d: POST %s %s", seed, path, new String(body, StandardCharsets.UTF_8))
                    .isBetween(200, 499);
        }
    }

    @Test
    void noRequestMakesItFail() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            String request = request();
            String answer = api.raw(request).replace(CONTINUE, "");
            Matcher status = STATUS.matcher(answer);
            assertThat(answer.isEmpty() || status.lookingAt())
                    .as("seed %d: %s%n%n%s", seed, request, answer)
                    .isTrue();
            if (!answer.isEmpty()) {
                assertThat(Integer.parseInt(status.group(1)))
                        .as("seed %d: %s%n%n%s", seed, request, answer)
                        .isBetween(200, 499);
                assertThat(answer)
                        .as("seed %d: %s", seed, request)
                        .containsIgnoringCase("X-Request-Id: ");
            }
        }
    }

    private byte[] body() {
        StringBuilder json = new StringBuilder("{");
        for (int i = random.nextInt(6); i >= 0; i--) {
            json.append(Json.createValue(any(FIELDS))).append(':').append(any(VALUES)).append(',');
        }
        json.setCharAt(json.length() - 1, '}');
        byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(4) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private String request() {
        StringBuilder request = new StringBuilder(any(METHODS)).append(' ').append(any(PATHS));
        for (int i = random.nextInt(3); i > 0; i--) {
            request.append(random.nextBoolean() ? "/" : "").append(any(PIECES));
        }
        char separator = '?';
        for (int i = random.nextInt(3); i > 0; i--) {
            request.append(separator).append(any(PARAMETERS)).append('=').append(any(ARGUMENTS));
            separator = '&';
        }
        request.append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        for (int i = random.nextInt(4); i > 0; i--) {
            request.append(any(HEADERS)).append("\r\n");
        }
        request.append("\r\n").append(random.nextBoolean() ? "{}" : "");
        if (random.nextInt(8) == 0) {
            request.setCharAt(random.nextInt(request.length()), (char) random.nextInt(256));
        }
        return request.toString();
    }

    private String any(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
