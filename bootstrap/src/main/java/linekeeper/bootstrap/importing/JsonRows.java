package linekeeper.bootstrap.importing;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;

/// One JSON object per line.
final class JsonRows implements Rows {
    private final BufferedReader reader;
    private long line;

    JsonRows(InputStream in) throws IOException {
        this.reader = new BufferedReader(Rows.utf8(in));
    }

    @Override
    public @Nullable Row next() throws IOException {
        StringBuilder text = new StringBuilder();
        while (readLine(text)) {
            line++;
            if (text.length() > LONGEST) {
                return Row.broken(line, "has more than " + LONGEST + " characters");
            }
            if (!text.toString().isBlank()) {
                return row(text.toString());
            }
        }
        return null;
    }

    private Row row(String text) {
        try (JsonReader json = JSON.createReader(new StringReader(text))) {
            if (!(json.readValue() instanceof JsonObject object)) {
                return Row.broken(line, "is no JSON object");
            }
            Map<String, JsonValue> fields = new HashMap<>();
            object.forEach((name, value) -> put(fields, Rows.name(name), value));
            return Row.of(line, fields);
        } catch (JsonException e) {
            return Row.broken(line, "is no well-formed JSON");
        }
    }

    private static void put(Map<String, JsonValue> fields, String name, JsonValue value) {
        if (!value.equals(JsonValue.NULL) && !value.toString().equals("\"\"")) {
            fields.put(name, value);
        }
    }

    /// What is beyond the limit is read and dropped. False: the file is at its end.
    private boolean readLine(StringBuilder text) throws IOException {
        text.setLength(0);
        int next = reader.read();
        if (next < 0) {
            return false;
        }
        while (next >= 0 && next != '\n') {
            if (text.length() <= LONGEST) {
                text.append((char) next);
            }
            next = reader.read();
        }
        return true;
    }
}
