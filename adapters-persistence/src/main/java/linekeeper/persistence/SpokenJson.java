package linekeeper.persistence;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;

import linekeeper.domain.call.Spoken;

import org.jspecify.annotations.Nullable;

import java.io.StringReader;
import java.time.Instant;
import java.util.List;

/// A transcript as one JSON text: `[{role, text, at}]`.
final class SpokenJson {
    private SpokenJson() {}

    /// Null: nothing was said.
    static @Nullable String write(List<Spoken> lines) {
        JsonArrayBuilder json = Json.createArrayBuilder();
        lines.forEach(line -> json.add(object(line)));
        return lines.isEmpty() ? null : json.build().toString();
    }

    private static JsonObject object(Spoken line) {
        // As JSON writes it, PostgreSQL would give a NUL back.
        var json =
                Json.createObjectBuilder()
                        .add("role", Sql.storable(line.role()))
                        .add("text", Sql.storable(line.text()));
        return (line.at() == null ? json : json.add("at", line.at().toString())).build();
    }

    static List<Spoken> read(@Nullable String json) {
        if (json == null) {
            return List.of();
        }
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readArray().getValuesAs(JsonObject.class).stream()
                    .map(SpokenJson::spoken)
                    .toList();
        }
    }

    private static Spoken spoken(JsonObject line) {
        String at = line.getString("at", "");
        return new Spoken(
                line.getString("role"),
                line.getString("text"),
                at.isEmpty() ? null : Instant.parse(at));
    }
}
