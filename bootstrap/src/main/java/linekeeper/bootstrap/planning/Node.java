package linekeeper.bootstrap.planning;

import io.helidon.config.Config;

import linekeeper.application.planning.Spread;
import linekeeper.domain.InvalidValue;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// A part of a scenario file. Whatever is wrong with it is told by its path, as in
/// `accounts.0.concurrency_limit`.
record Node(Config config) {
    private static final String YAML_ON = "true";

    /// Nothing else may be here.
    Node only(String... names) {
        Set<String> known = Set.of(names);
        if (config.isLeaf()) {
            throw invalid("must have fields: " + String.join(", ", names));
        }
        children()
                .filter(child -> !known.contains(child.name()))
                .filter(child -> !(known.contains("on") && child.name().equals(YAML_ON)))
                .findFirst()
                .ifPresent(
                        child -> {
                            throw child.invalid(
                                    "is not known; here are " + String.join(", ", names));
                        });
        return this;
    }

    private Stream<Node> children() {
        return config.exists() && !config.isLeaf()
                ? config.asNodeList().orElse(List.of()).stream().map(Node::new)
                : Stream.empty();
    }

    String name() {
        return config.name();
    }

    String path() {
        return config.key().toString().replace("." + YAML_ON, ".on");
    }

    /// The field `on`, which YAML takes for the word true.
    Node on() {
        return get(YAML_ON).exists() ? get(YAML_ON) : get("on");
    }

    InvalidValue invalid(String why) {
        return new InvalidValue(path().isEmpty() ? "the file" : path(), why);
    }

    Node get(String name) {
        return new Node(config.get(name));
    }

    boolean exists() {
        return config.exists();
    }

    List<Node> list(String name) {
        Node list = get(name);
        if (list.exists() && !list.config.type().equals(Config.Type.LIST)) {
            throw list.invalid("must be a list");
        }
        return list.children().toList();
    }

    List<Node> fields() {
        return children().toList();
    }

    @Nullable String text(String name) {
        return as(name, text -> text);
    }

    String required(String name) {
        get(name).required();
        return String.valueOf(text(name));
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

    Spread spread(String name, Spread otherwise) {
        String text = text(name);
        return text == null ? otherwise : Spreads.parse(get(name).path(), text);
    }

    private <T> @Nullable T as(String name, Function<String, T> parse) {
        Node node = get(name);
        if (!node.exists()) {
            return null;
        }
        try {
            return parse.apply(node.config.asString().get());
        } catch (NumberFormatException e) {
            throw node.invalid("must be a number");
        } catch (DateTimeException e) {
            throw node.invalid("must be a time like PT8H or 2026-01-05T08:00:00Z");
        } catch (RuntimeException e) {
            throw node.invalid("must be a single value");
        }
    }
}
