package linekeeper.telephony.elevenlabs;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/// ElevenLabs' bodies as they were seen, and the same with anything in place of any field.
final class Samples {
    private static final List<JsonValue> ODDITIES =
            List.of(
                    JsonValue.NULL,
                    JsonValue.TRUE,
                    Json.createValue(""),
                    Json.createValue("\u0007 e9999999 \0 \ud800"),
                    Json.createValue(new BigDecimal("1e400")),
                    Json.createValue(-1),
                    Json.createValue(Long.MAX_VALUE),
                    JsonValue.EMPTY_JSON_ARRAY,
                    JsonValue.EMPTY_JSON_OBJECT);

    private Samples() {}

    static byte[] bytes(String name) {
        try (InputStream body =
                Objects.requireNonNull(
                        Samples.class.getResourceAsStream("/elevenlabs/" + name + ".json"))) {
            return body.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonObject json(String name) {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(bytes(name)))) {
            return reader.readObject();
        }
    }

    static JsonObject mutated(JsonObject from, Random random) {
        JsonObjectBuilder mutated = Json.createObjectBuilder();
        from.forEach(
                (name, value) -> {
                    int choice = random.nextInt(12);
                    if (choice == 0) {
                        return;
                    }
                    if (choice < 3) {
                        mutated.add(name, ODDITIES.get(random.nextInt(ODDITIES.size())));
                    } else if (value instanceof JsonObject nested) {
                        mutated.add(name, mutated(nested, random));
                    } else {
                        mutated.add(name, value);
                    }
                });
        return mutated.build();
    }
}
