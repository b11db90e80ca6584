package linekeeper.http;

import static linekeeper.http.JsonParts.JSON;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;

/// Builds a JSON object in which what is not known is null, not left out.
final class Members {
    private static final int MAX_ZEROS = 20;

    private final JsonObjectBuilder json = JSON.createObjectBuilder();

    /// @param value written as its own text, as ids and instants have one
    Members text(String name, @Nullable Object value) {
        return put(name, value == null ? null : JSON.createValue(value.toString()));
    }

    Members number(String name, @Nullable Integer value) {
        return put(name, value == null ? null : JSON.createValue(value));
    }

    Members number(String name, long value) {
        return put(name, JSON.createValue(value));
    }

    Members decimal(String name, @Nullable BigDecimal value) {
        return put(name, value == null ? null : JSON.createValue(plain(value)));
    }

    /// Without an exponent where that is not absurdly long.
    private static BigDecimal plain(BigDecimal value) {
        if (value.signum() == 0) {
            return BigDecimal.ZERO;
        }
        return value.scale() < 0 && value.scale() > -MAX_ZEROS ? value.setScale(0) : value;
    }

    Members flag(String name, boolean value) {
        return put(name, value ? JsonValue.TRUE : JsonValue.FALSE);
    }

    Members put(String name, @Nullable JsonValue value) {
        json.add(name, value == null ? JsonValue.NULL : value);
        return this;
    }

    JsonObject build() {
        return json.build();
    }
}
