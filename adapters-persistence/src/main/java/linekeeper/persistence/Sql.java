package linekeeper.persistence;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A statement and its parameters, written `:name` in the text. Casts are written `CAST(:x AS t)`: the
/// parser of named parameters takes `::t` for one. Not thread-safe.
final class Sql {
    private final String text;
    private final Map<String, @Nullable Object> parameters = new HashMap<>();

    private Sql(String text) {
        this.text = text;
    }

    static Sql of(String text) {
        return new Sql(text);
    }

    Sql with(String name, @Nullable String value) {
        return put(name, value);
    }

    Sql with(String name, @Nullable Long value) {
        return put(name, value);
    }

    Sql with(String name, @Nullable Integer value) {
        return put(name, value);
    }

    Sql with(String name, boolean value) {
        return put(name, value);
    }

    Sql with(String name, @Nullable BigDecimal value) {
        return put(name, value);
    }

    Sql with(String name, @Nullable Instant value) {
        return put(name, value == null ? null : value.atOffset(ZoneOffset.UTC));
    }

    /// One column of a batch, for `unnest(CAST(:name AS t[]))`: every value goes as its text.
    <T> Sql column(String name, List<T> rows, Function<T, @Nullable Object> value) {
        @Nullable String[] texts = new @Nullable String[rows.size()];
        for (int i = 0; i < texts.length; i++) {
            Object one = value.apply(rows.get(i));
            texts[i] = one == null ? null : one.toString();
        }
        return put(name, texts);
    }

    String text() {
        return text;
    }

    Map<String, @Nullable Object> parameters() {
        return parameters;
    }

    private Sql put(String name, @Nullable Object value) {
        parameters.put(name, value);
        return this;
    }
}
