package linekeeper.persistence;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;

import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;

/// A timeline entry's detail as JSON.
final class Details {
    /// Kept, for `Json` looks its provider up each time it is asked for anything.
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private Details() {}

    static String json(Map<String, String> detail) {
        Map<String, Object> storable = new HashMap<>();
        // As JSON writes it, PostgreSQL refuses a NUL all the same.
        detail.forEach((key, value) -> storable.put(Sql.storable(key), Sql.storable(value)));
        return JSON.createObjectBuilder(storable).build().toString();
    }

    static Map<String, String> read(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            JsonObject object = reader.readObject();
            Map<String, String> detail = new HashMap<>();
            object.keySet().forEach(key -> detail.put(key, object.getString(key)));
            return detail;
        }
    }
}
