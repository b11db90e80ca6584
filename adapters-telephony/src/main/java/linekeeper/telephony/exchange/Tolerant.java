package linekeeper.telephony.exchange;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParsingException;

import org.jspecify.annotations.Nullable;

import java.io.StringReader;
import java.math.BigDecimal;
import java.util.Optional;

/// Reads what providers really send: fields that are missing, null, empty or of another type than the
/// documents say are no reason to lose a report.
public final class Tolerant {
    private static final int LONGEST_NUMBER = 40;
    private static final int MOST_DIGITS = 15;
    private static final int MOST_DECIMALS = 20;

    private Tolerant() {}

    /// Empty: this is not a JSON object.
    public static Optional<JsonObject> object(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readValue() instanceof JsonObject object
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (JsonParsingException e) {
            return Optional.empty();
        } catch (JsonException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    /// The object at `name`; an empty one if there is none.
    public static JsonObject object(JsonObject from, String name) {
        return from.get(name) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    }

    /// A string that is not empty, or a number's text.
    public static @Nullable String text(JsonObject from, String name) {
        JsonValue value = from.get(name);
        if (value instanceof JsonString string && !string.getString().isEmpty()) {
            String storable = Wording.storable(string.getString());
            return storable.isEmpty() ? null : storable;
        }
        return value instanceof JsonNumber number ? number.toString() : null;
    }

    /// A number of reasonable size, or a string that holds one.
    public static @Nullable BigDecimal number(JsonObject from, String name) {
        return number(text(from, name));
    }

    /// A number of reasonable size; null: it is none.
    public static @Nullable BigDecimal number(@Nullable String text) {
        if (text == null || text.length() > LONGEST_NUMBER) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(text);
            boolean reasonable =
                    number.scale() <= MOST_DECIMALS
                            && number.precision() - number.scale() <= MOST_DIGITS;
            return reasonable ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /// True only if it says so.
    public static boolean flag(JsonObject from, String name) {
        return JsonValue.TRUE.equals(from.get(name));
    }
}
