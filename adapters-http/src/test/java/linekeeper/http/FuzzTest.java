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
            String path = FuzzWords.PATHS.get(random.nextInt(FuzzWords.PATHS.size()));
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
            json.append(Json.createValue(any(FuzzWords.FIELDS)))
                    .append(':')
                    .append(any(FuzzWords.VALUES))
                    .append(',');
        }
        json.setCharAt(json.length() - 1, '}');
        byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(4) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private String request() {
        StringBuilder request =
                new StringBuilder(any(FuzzWords.METHODS)).append(' ').append(any(FuzzWords.PATHS));
        for (int i = random.nextInt(3); i > 0; i--) {
            request.append(random.nextBoolean() ? "/" : "").append(any(FuzzWords.PIECES));
        }
        char separator = '?';
        for (int i = random.nextInt(3); i > 0; i--) {
            request.append(separator)
                    .append(any(FuzzWords.PARAMETERS))
                    .append('=')
                    .append(any(FuzzWords.ARGUMENTS));
            separator = '&';
        }
        request.append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        for (int i = random.nextInt(4); i > 0; i--) {
            request.append(any(FuzzWords.HEADERS)).append("\r\n");
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
