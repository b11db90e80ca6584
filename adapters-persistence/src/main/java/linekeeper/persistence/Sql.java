package linekeeper.persistence;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A statement and its parameters, written `:name` in the text. Casts are written `CAST(:x AS t)`.
/// Not thread-safe.
///
/// Text that PostgreSQL cannot keep (NUL, halves of surrogate pairs) is replaced by U+FFFD: it comes
/// from providers, and refusing it would keep a call from ever ending. Instants are cut to
/// microseconds, which the driver would round.
final class Sql {
    private static final Pattern UNSTORABLE = Pattern.compile("[\\x00\\p{Cs}]");

    private final Parsed parsed;
    private final Map<String, @Nullable Object> parameters = new HashMap<>();

    private Sql(Parsed parsed) {
        this.parsed = parsed;
    }

    static Sql of(String text) {
        return new Sql(Parsed.of(text));
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

    /// With `?` for every parameter.
    String text() {
        return parsed.text;
    }

    /// In the order of their places in the text.
    List<@Nullable Object> parameters() {
        List<@Nullable Object> values = new ArrayList<>(parsed.names.size());
        for (String name : parsed.names) {
            if (!parameters.containsKey(name)) {
                throw new IllegalStateException("no parameter " + name + " for " + parsed.text);
            }
            values.add(parameters.get(name));
        }
        return values;
    }

    /// The text as it will be read back.
    static String storable(String text) {
        return plain(text) ? text : UNSTORABLE.matcher(text).replaceAll("\uFFFD");
    }

    /// Nearly every text is.
    private static boolean plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            if (one == 0 || Character.isSurrogate(one)) {
                return false;
            }
        }
        return true;
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

    /// A statement whose names have been replaced by places. Every statement is parsed once: the long
    /// ones take longer to parse than to bind.
    private record Parsed(String text, List<String> names) {
        private static final int MOST = 1_000;
        private static final Pattern NAME =
                Pattern.compile("'[^']*'|(?<![:\\w]):([a-zA-Z_][a-zA-Z0-9_]*)");
        private static final Map<String, Parsed> KNOWN = new ConcurrentHashMap<>();

        static Parsed of(String text) {
            Parsed known = KNOWN.get(text);
            if (known != null) {
                return known;
            }
            Parsed parsed = parse(text);
            if (KNOWN.size() < MOST) {
                KNOWN.put(text, parsed);
            }
            return parsed;
        }

        private static Parsed parse(String text) {
            List<String> names = new ArrayList<>();
            String places =
                    NAME.matcher(text)
                            .replaceAll(
                                    found -> {
                                        if (found.group(1) == null) {
                                            return Matcher.quoteReplacement(found.group());
                                        }
                                        names.add(found.group(1));
                                        return "?";
                                    });
            return new Parsed(places, List.copyOf(names));
        }
    }
}
