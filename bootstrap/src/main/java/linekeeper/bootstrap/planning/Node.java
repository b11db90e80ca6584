package linekeeper.bootstrap.planning;

import linekeeper.application.planning.Spread;
import linekeeper.domain.InvalidValue;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/// A part of a scenario file. Whatever is wrong with it is told by its path, as in
/// `accounts.0.concurrency_limit`.
///
/// @param value a map, a list, a text, or null: it is not there
record Node(String path, String name, @Nullable Object value) {
    static Node root(@Nullable Object value) {
        return new Node("", "", value);
    }

    /// Nothing else may be here.
    Node only(String... names) {
        Set<String> known = Set.of(names);
        if (exists() && !(value instanceof Map)) {
            throw invalid("must have fields: " + String.join(", ", names));
        }
        for (Node field : fields()) {
            if (!known.contains(field.name)) {
                throw field.invalid("is not known; here are " + String.join(", ", names));
            }
        }
        return this;
    }

    InvalidValue invalid(String why) {
        return new InvalidValue(path.isEmpty() ? "the file" : path, why);
    }

    Node get(String field) {
        return child(field, value instanceof Map<?, ?> map ? map.get(field) : null);
    }

    private Node child(String child, @Nullable Object its) {
        return new Node(path.isEmpty() ? child : path + "." + child, child, its);
    }

    boolean exists() {
        return value != null;
    }

    List<Node> list(String name) {
        Node list = get(name);
        if (list.value instanceof List<?> items) {
            return IntStream.range(0, items.size())
                    .mapToObj(i -> list.child(Integer.toString(i), items.get(i)))
                    .toList();
        }
        if (list.exists()) {
            throw list.invalid("must be a list");
        }
        return List.of();
    }

    List<Node> fields() {
        return value instanceof Map<?, ?> map
                ? map.keySet().stream().map(String::valueOf).map(this::get).toList()
                : List.of();
    }

    /// Of a single value.
    String text() {
        if (value instanceof String text) {
            return text;
        }
        throw invalid("must be a single value");
    }

    @Nullable String text(String name) {
        return as(name, text -> text);
    }

    String required(String name) {
        get(name).required();
        return get(name).text();
    }

    void required() {
        if (!exists()) {
            throw invalid("is required");
        }
    }

    @Nullable Integer integer(String name) {
        return as(name, Integer::valueOf);
    }

    int integer(String name, int otherwise) {
        Integer value = integer(name);
        return value == null ? otherwise : value;
    }

    double share(String name) {
        BigDecimal value = decimal(name);
        return value == null ? 0 : value.doubleValue();
    }

    @Nullable BigDecimal decimal(String name) {
        return as(name, BigDecimal::new);
    }

    Duration time(String name, Duration otherwise) {
        Duration value = as(name, Duration::parse);
        return value == null ? otherwise : value;
    }

    Instant instant(String name, Instant otherwise) {
        Instant value = as(name, Instant::parse);
        return value == null ? otherwise : value;
    }

    Spread spread(String name, String otherwise) {
        String text = text(name);
        return Spreads.parse(get(name).path(), text == null ? otherwise : text);
    }

    private <T> @Nullable T as(String name, Function<String, T> parse) {
        Node node = get(name);
        if (!node.exists()) {
            return null;
        }
        String text = node.text();
        try {
            return parse.apply(text);
        } catch (NumberFormatException e) {
            throw node.invalid("must be a number");
        } catch (DateTimeException e) {
            throw node.invalid("must be a time like PT8H or 2026-01-05T08:00:00Z");
        }
    }
}
