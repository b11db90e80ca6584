package linekeeper.persistence;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;

import linekeeper.domain.call.TimelineEvent;
import linekeeper.persistence.Changed.Entry;

import java.io.StringReader;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Timeline entries, and their details, as JSON.
final class Details {
    /// Kept, for `Json` looks its provider up each time it is asked for anything.
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private Details() {}

    static String json(Map<String, String> detail) {
        return JSON.createObjectBuilder(storable(detail)).build().toString();
    }

    /// JSON Lines, as `active_calls.lines` has them: `[sequence, at, event, detail]` each.
    static String lines(List<Entry> entries) {
        StringBuilder lines = new StringBuilder();
        for (Entry entry : entries) {
            TimelineEvent event = entry.event();
            JsonArrayBuilder line =
                    JSON.createArrayBuilder()
                            .add(entry.sequence())
                            .add(event.at().truncatedTo(ChronoUnit.MICROS).toString())
                            .add(event.name())
                            .add(JSON.createObjectBuilder(storable(event.detail())));
            lines.append(line.build()).append('\n');
        }
        return lines.toString();
    }

    private static Map<String, Object> storable(Map<String, String> detail) {
        Map<String, Object> storable = new HashMap<>();
        // As JSON writes it, PostgreSQL refuses a NUL all the same.
        detail.forEach((key, value) -> storable.put(Sql.storable(key), Sql.storable(value)));
        return storable;
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
