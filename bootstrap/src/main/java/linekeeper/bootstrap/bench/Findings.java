package linekeeper.bootstrap.bench;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// What was measured, for programs and for people. Not thread-safe.
final class Findings {
    private final JsonObjectBuilder json = Json.createObjectBuilder();
    private final List<Row> rows = new ArrayList<>();

    /// For programs.
    void put(String name, JsonValue value) {
        json.add(name, value);
    }

    /// For programs, rounded to three places.
    void put(String name, double value) {
        json.add(name, rounded(value));
    }

    /// A line of the table.
    void row(String what, String figure, String note) {
        rows.add(new Row(what, figure, note));
    }

    /// To be asked for once.
    JsonObject json() {
        return json.build();
    }

    void print(PrintWriter out) {
        int what = rows.stream().mapToInt(row -> row.what.length()).max().orElse(0);
        int figure = rows.stream().mapToInt(row -> row.figure.length()).max().orElse(0);
        String line = "%-" + what + "s  %" + figure + "s  %s";
        rows.forEach(
                row -> out.println(line.formatted(row.what, row.figure, row.note).stripTrailing()));
        out.flush();
    }

    static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    private record Row(String what, String figure, String note) {}
}
