package linekeeper.bootstrap.importing;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParsingException;

import linekeeper.domain.InvalidValue;

import org.jspecify.annotations.Nullable;

import java.io.StringReader;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// A record's fields, taken one by one; what nobody takes becomes user data. Not thread-safe.
final class Values {
    private final TreeMap<String, JsonValue> left;

    Values(Map<String, JsonValue> fields) {
        this.left = new TreeMap<>(fields);
    }

    /// Of several names the first that is there counts.
    @Nullable String text(String... names) {
        for (String name : names) {
            JsonValue value = left.remove(name);
            if (value != null) {
                return single(name, value);
            }
        }
        return null;
    }

    private static String single(String name, JsonValue value) {
        if (value instanceof JsonObject || value instanceof JsonArray) {
            throw new InvalidValue(name, "must be a single value");
        }
        return value instanceof JsonString string ? string.getString().strip() : value.toString();
    }

    <T> @Nullable T value(Function<String, T> type, String... names) {
        String text = text(names);
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return type.apply(text);
        } catch (InvalidValue e) {
            throw new InvalidValue(names[0], e.rule());
        }
    }

    int integer(String name, int otherwise) {
        BigDecimal number = decimal(name);
        try {
            return number == null ? otherwise : number.intValueExact();
        } catch (ArithmeticException e) {
            throw new InvalidValue(name, "must be a whole number");
        }
    }

    /// Up to a size that no call has; a larger exponent would be written out with all its zeros.
    @Nullable BigDecimal decimal(String name) {
        return value(
                text -> {
                    try {
                        BigDecimal number = new BigDecimal(text);
                        if (number.signum() >= 0
                                && number.precision() - number.scale() <= 12
                                && number.scale() <= 12) {
                            return number;
                        }
                    } catch (NumberFormatException e) {
                        throw new InvalidValue(name, "must be a number");
                    }
                    throw new InvalidValue(name, "must be a number from 0 with at most 12 digits");
                },
                name);
    }

    /// RFC 3339; without an offset it is taken for UTC, as databases write it.
    @Nullable Instant instant(String name) {
        return value(text -> instantOf(name, text), name);
    }

    private static Instant instantOf(String name, String written) {
        String text = written.replace(' ', 'T');
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            try {
                return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException noEither) {
                throw new InvalidValue(name, "must be a time as in 2025-11-21T10:30:00Z");
            }
        }
    }

    /// Gives a field that means nothing here back to the user data.
    void keep(String name, @Nullable String value) {
        if (value != null) {
            left.put(name, Rows.JSON.createValue(value));
        }
    }

    /// The record's own user data, with everything that was not taken; its own win.
    String userData(String name) {
        JsonValue own = left.remove(name);
        if (own != null) {
            left.putAll(object(name, own));
        }
        JsonObjectBuilder json = Rows.JSON.createObjectBuilder();
        left.forEach(json::add);
        return json.build().toString();
    }

    private static JsonObject object(String name, JsonValue value) {
        if (value instanceof JsonObject object) {
            return object;
        }
        try (JsonReader reader =
                Rows.JSON.createReader(
                        new StringReader(
                                value instanceof JsonString text ? text.getString() : "no"))) {
            return reader.readObject();
        } catch (JsonParsingException e) {
            throw new InvalidValue(name, "must be a JSON object");
        }
    }
}
