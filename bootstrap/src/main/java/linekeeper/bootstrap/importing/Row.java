package linekeeper.bootstrap.importing;

import jakarta.json.JsonValue;

import java.util.Map;

/// One record of a file.
///
/// @param line where it begins, from 1
/// @param fields by the public API's names; what is empty is left out
/// @param broken why there are no fields; empty: there are
record Row(long line, Map<String, JsonValue> fields, String broken) {
    Row {
        fields = Map.copyOf(fields);
    }

    static Row broken(long line, String why) {
        return new Row(line, Map.of(), why);
    }

    static Row of(long line, Map<String, JsonValue> fields) {
        return new Row(line, fields, "");
    }
}
