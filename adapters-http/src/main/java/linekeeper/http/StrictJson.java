package linekeeper.http;

import io.helidon.http.Status;

import jakarta.json.Json;
import jakarta.json.JsonConfig;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Reads one JSON object in UTF-8, and nothing else: no key twice, nothing behind it, no broken
/// characters, no more than 64 levels deep.
final class StrictJson {
    /// The parser's own limit is 1000 levels, and reading so many overflows the stack now and then.
    private static final String MAX_DEPTH = "org.eclipse.parsson.maxDepth";

    private static final JsonReaderFactory READERS =
            Json.createReaderFactory(
                    Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE, MAX_DEPTH, 64));

    private StrictJson() {}

    static JsonObject object(byte[] body) {
        try (JsonReader reader = READERS.createReader(new StringReader(text(body)))) {
            if (reader.readValue() instanceof JsonObject object) {
                return object;
            }
        } catch (CharacterCodingException | RuntimeException e) {
            // The parser reports nesting beyond its limit as a bare RuntimeException.
            throw malformed("The body is not well-formed JSON, has a key twice or is too deep");
        }
        throw malformed("The body must be a JSON object");
    }

    private static String text(byte[] body) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    }

    private static ProblemException malformed(String detail) {
        return Problem.of(Status.BAD_REQUEST_400, detail).asException();
    }

    /// Whether every string in `value`, keys too, can be stored and sent on: no NUL, no half of a
    /// surrogate pair.
    static boolean clean(JsonValue value) {
        return switch (value.getValueType()) {
            case STRING -> clean(((JsonString) value).getString());
            case ARRAY -> value.asJsonArray().stream().allMatch(StrictJson::clean);
            case OBJECT ->
                    value.asJsonObject().entrySet().stream()
                            .allMatch(e -> clean(e.getKey()) && clean(e.getValue()));
            case NUMBER, TRUE, FALSE, NULL -> true;
        };
    }

    static boolean clean(String text) {
        return text.codePoints()
                .noneMatch(point -> point == 0 || Character.getType(point) == Character.SURROGATE);
    }
}
