package linekeeper.persistence;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/// A statement and its parameters, written `:name` in the text. Casts are written `CAST(:x AS t)`: the
/// parser of named parameters takes `::t` for one. Not thread-safe.
///
/// Text that PostgreSQL cannot keep (NUL, halves of surrogate pairs) is replaced by U+FFFD: it comes
/// from providers, and refusing it would keep a call from ever ending. Instants are cut to
/// microseconds, which the driver would round.
final class Sql {
    private static final Pattern UNSTORABLE = Pattern.compile("[\\x00\\p{Cs}]");

    private final String text;
    private final Map<String, @Nullable Object> parameters = new HashMap<>();

    private Sql(String text) {
        this.text = text;
    }

    static Sql of(String text) {
        return new Sql(text);
    }

    Sql with(String name, @Nullable String value) {
        return put(name, value == null ? null : storable(value));
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
        return put(name, value == null ? null : micros(value).atOffset(ZoneOffset.UTC));
    }

    /// One column of a batch, for `unnest(CAST(:name AS t[]))`: every value goes as its text.
    <T> Sql column(String name, List<T> rows, Function<T, @Nullable Object> value) {
        @Nullable String[] texts = new @Nullable String[rows.size()];
        for (int i = 0; i < texts.length; i++) {
            Object one = value.apply(rows.get(i));
            texts[i] = one == null ? null : text(one);
        }
        return put(name, texts);
    }

    String text() {
        return text;
    }

    Map<String, @Nullable Object> parameters() {
        return parameters;
    }

    /// The text as it will be read back.
    static String storable(String text) {
        return UNSTORABLE.matcher(text).replaceAll("\uFFFD");
    }

    private static String text(Object value) {
        return value instanceof Instant instant
                ? micros(instant).toString()
                : storable(value.toString());
    }

    private static Instant micros(Instant value) {
        return value.truncatedTo(ChronoUnit.MICROS);
    }

    private Sql put(String name, @Nullable Object value) {
        parameters.put(name, value);
        return this;
    }
}
