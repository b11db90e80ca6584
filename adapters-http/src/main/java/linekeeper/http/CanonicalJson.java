package linekeeper.http;

import static linekeeper.http.JsonParts.JSON;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/// Writes JSON so that equal content is equal text: keys sorted, no white space.
final class CanonicalJson {
    private CanonicalJson() {}

    static String of(JsonValue value) {
        return switch (value) {
            case JsonObject object -> object(object);
            case JsonArray array -> array(array);
            default -> value.toString();
        };
    }

    private static String object(JsonObject object) {
        StringJoiner members = new StringJoiner(",", "{", "}");
        for (Map.Entry<String, JsonValue> member : new TreeMap<>(object).entrySet()) {
            members.add(quoted(member.getKey()) + ":" + of(member.getValue()));
        }
        return members.toString();
    }

    private static String array(JsonArray array) {
        StringJoiner items = new StringJoiner(",", "[", "]");
        array.forEach(item -> items.add(of(item)));
        return items.toString();
    }

    private static String quoted(String text) {
        return JSON.createValue(text).toString();
    }
}
