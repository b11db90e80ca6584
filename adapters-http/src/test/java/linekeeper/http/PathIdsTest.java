package linekeeper.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Every legal id is reached under every path that has one in it (A6).
class PathIdsTest {
    private static final String PRINTABLE =
            IntStream.rangeClosed(0x21, 0x7e)
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());

    /// What a path segment may hold as it is (RFC 3986).
    private static final String PLAIN =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@";

    private final TestApi api = TestApi.keyless();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void findsEveryPrintableCharacterEncoded() {
        ids().forEach(id -> assertReached(id, encoded(id)));
    }

    @Test
    void findsCharactersThatNeedNoEncodingAsTheyAre() {
        PLAIN.chars()
                .mapToObj(c -> "x" + Character.toString(c))
                .forEach(id -> assertReached(id, id));
    }

    @Test
    void findsIdsThatAreWordsOfThePathsThemselves() {
        Stream.of(
                        "queue",
                        "outbound",
                        "initiate",
                        "status",
                        "events",
                        "cancel",
                        "release",
                        "..",
                        ".")
                .forEach(id -> assertReached(id, encoded(id)));
        assertThat(api.get("/api/calls/queue").json().getString("call_id")).isEqualTo("queue");
        assertThat(api.get("/api/calls/queue/status").json()).containsKey("direct_calls");
    }

    @Test
    void givesBackTheSlotOfAnyId() {
        List.of("a/b", "%2F", "..", "#?", "release").forEach(this::assertReleased);
    }

    private static Stream<String> ids() {
        Stream<String> single =
                PRINTABLE.chars().mapToObj(Character::toString).flatMap(c -> Stream.of(c, c + "x"));
        return Stream.concat(
                single,
                Stream.of(
                        PRINTABLE,
                        "EL_12345_2025-11-21T10:30:00Z",
                        "%2F",
                        "%252F",
                        "a%zz",
                        "../..",
                        "//"));
    }

    private void assertReached(String id, String segment) {
        place(id);
        TestApi.Answer call = api.get("/api/calls/" + segment);
        assertThat(call.status()).as(id).isEqualTo(200);
        assertThat(call.json().getString("call_id")).isEqualTo(id);
        assertThat(api.get("/api/calls/" + segment + "/events").status()).as(id).isEqualTo(200);
        assertThat(api.post("/api/calls/" + segment + "/cancel", "").status())
                .as(id)
                .isIn(200, 202, 409);
    }

    private void assertReleased(String id) {
        place(id);
        assertThat(
                        api.post("/api/slots/" + encoded(id) + "/release", "")
                                .json()
                                .getString("call_id"))
                .isEqualTo(id);
    }

    private void place(String id) {
        String body =
                Json.createObjectBuilder()
                        .add("custom_call_id", id)
                        .add("phone_number", "+15550001111")
                        .build()
                        .toString();
        assertThat(api.post("/api/calls/outbound", body).status()).as(id).isIn(200, 202);
    }

    private static String encoded(String id) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : id.getBytes(StandardCharsets.US_ASCII)) {
            encoded.append("%%%02X".formatted(b));
        }
        return encoded.toString();
    }
}
