package linekeeper.http;

import io.helidon.http.Status;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;

import linekeeper.domain.InvalidValue;
import linekeeper.domain.call.UserData;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Reads a body's fields and gathers everything that is wrong with them, so that the sender learns of
/// all of it at once. A field that is absent, null or wrong reads as null; unknown fields are ignored.
/// A field may have several names; the first is the one that errors are reported under unless the
/// sender used another.
final class Fields {
    private final JsonObject object;
    private final String prefix;
    private final List<FieldError> errors;
    private @Nullable String headline;

    Fields(JsonObject object) {
        this(object, "", new ArrayList<>());
    }

    /// @param prefix of the fields' names in errors
    private Fields(JsonObject object, String prefix, List<FieldError> errors) {
        this.object = object;
        this.prefix = prefix;
        this.errors = errors;
    }

    /// The objects of an array, whose errors are gathered here under names like `drivers[3].name`.
    /// Empty if there is something wrong with the array itself.
    List<Fields> items(String name, int most) {
        JsonValue json = has(name) ? object.get(name) : null;
        if (json == null) {
            missing(name, name + " is required");
            return List.of();
        }
        if (!(json instanceof JsonArray array) || array.isEmpty() || array.size() > most) {
            wrong(name, "must be an array of 1 to " + most + " objects");
            return List.of();
        }
        List<Fields> items = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            String place = prefix + name + "[" + i + "]";
            if (array.get(i) instanceof JsonObject item) {
                items.add(new Fields(item, place + ".", errors));
            } else {
                wrong(place, "must be an object");
            }
        }
        return items;
    }

    /// An object within, whose errors are gathered here under names like `retry.on`.
    @Nullable Fields nested(String name) {
        JsonValue json = has(name) ? object.get(name) : null;
        if (json == null || json instanceof JsonObject) {
            return json == null
                    ? null
                    : new Fields(json.asJsonObject(), prefix + name + ".", errors);
        }
        wrong(name, "must be a JSON object");
        return null;
    }

    /// What was sent, by name.
    Set<String> names() {
        return object.keySet();
    }

    @Nullable String text(String... names) {
        return read(Fields::string, names);
    }

    <T> @Nullable T value(Function<String, T> type, String... names) {
        return read(json -> type.apply(string(json)), names);
    }

    @Nullable Instant instant(String... names) {
        return read(json -> Instants.parse(string(json)), names);
    }

    @Nullable Integer integer(String... names) {
        return read(Fields::wholeNumber, names);
    }

    @Nullable BigDecimal decimal(String... names) {
        return read(Fields::number, names);
    }

    @Nullable Boolean flag(String... names) {
        return read(Fields::trueOrFalse, names);
    }

    @Nullable List<String> texts(String... names) {
        return read(Fields::strings, names);
    }

    /// `{}` if there is none.
    UserData userData(String... names) {
        UserData data = read(Fields::object, names);
        return data == null ? UserData.EMPTY : data;
    }

    /// A list of strings; empty if there is none.
    <T> List<T> values(Function<String, T> type, String name) {
        List<T> values = read(json -> list(json, type), name);
        return values == null ? List.of() : values;
    }

    boolean has(String... names) {
        return sent(names) != null;
    }

    /// Notes an error about a field that was sent, under the name it was sent by.
    void wrong(String[] names, String message) {
        String name = sent(names);
        wrong(name == null ? names[0] : name, message);
    }

    /// Notes an error.
    void wrong(String field, String message) {
        errors.add(new FieldError(prefix + field, message));
    }

    /// Notes that a field is missing; the sentence becomes the problem's detail.
    void missing(String field, String sentence) {
        headline = headline == null ? sentence : headline;
        errors.add(new FieldError(prefix + field, sentence));
    }

    /// Ends the request if anything was wrong.
    void refuseIfWrong() {
        if (!errors.isEmpty()) {
            throw Problem.of(Status.BAD_REQUEST_400, detail(), errors).asException();
        }
    }

    private String detail() {
        FieldError first = errors.getFirst();
        if (headline != null) {
            return headline;
        }
        return errors.size() == 1
                ? first.field() + " " + first.message()
                : errors.size() + " fields are not as they should be";
    }

    private <T> @Nullable T read(Function<JsonValue, T> reader, String... names) {
        String name = sent(names);
        JsonValue json = name == null ? null : object.get(name);
        if (name == null || json == null) {
            return null;
        }
        try {
            return reader.apply(json);
        } catch (InvalidValue invalid) {
            wrong(name, invalid.rule());
            return null;
        }
    }

    private @Nullable String sent(String... names) {
        for (String name : names) {
            if (object.containsKey(name) && !object.isNull(name)) {
                return name;
            }
        }
        return null;
    }

    private static String string(JsonValue json) {
        if (!(json instanceof JsonString string)) {
            throw new InvalidValue("field", "must be a string");
        }
        if (!StrictJson.clean(string.getString())) {
            throw new InvalidValue("field", "must not contain NUL or half surrogate pairs");
        }
        return string.getString();
    }

    private static List<String> strings(JsonValue json) {
        if (!(json instanceof JsonArray array)) {
            throw new InvalidValue("field", "must be an array of strings");
        }
        return array.stream().map(Fields::string).toList();
    }

    private static <T> List<T> list(JsonValue json, Function<String, T> type) {
        if (!(json instanceof JsonArray array)) {
            throw new InvalidValue("field", "must be an array of strings");
        }
        return array.stream().map(item -> type.apply(string(item))).toList();
    }

    private static BigDecimal number(JsonValue json) {
        if (json instanceof JsonNumber number) {
            return number.bigDecimalValue();
        }
        throw new InvalidValue("field", "must be a number");
    }

    private static Integer wholeNumber(JsonValue json) {
        try {
            if (json instanceof JsonNumber number) {
                return number.bigDecimalValue().intValueExact();
            }
        } catch (ArithmeticException e) {
            throw new InvalidValue("field", "must be a whole number");
        }
        throw new InvalidValue("field", "must be a whole number");
    }

    private static Boolean trueOrFalse(JsonValue json) {
        return switch (json.getValueType()) {
            case TRUE -> true;
            case FALSE -> false;
            default -> throw new InvalidValue("field", "must be true or false");
        };
    }

    private static UserData object(JsonValue json) {
        if (!(json instanceof JsonObject)) {
            throw new InvalidValue("field", "must be a JSON object");
        }
        if (!StrictJson.clean(json)) {
            throw new InvalidValue("field", "must not contain NUL or half surrogate pairs");
        }
        return new UserData(CanonicalJson.of(json));
    }
}
