package linekeeper.bootstrap.settings;

import linekeeper.domain.queue.Rate;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/// Reads settings of several types and collects what is wrong, so that all of it is told at once.
final class Reader {
    private static final String PREFIX = "LINEKEEPER_";

    private final Source source;
    private final Set<String> known = new TreeSet<>();
    private final List<String> wrong = new ArrayList<>();

    Reader(Source source) {
        this.source = source;
    }

    @Nullable String text(String name) {
        known.add(name);
        return source.text(name).orElse(null);
    }

    String text(String name, String otherwise) {
        String text = text(name);
        return text == null ? otherwise : text;
    }

    int integer(String name, int otherwise, int least, int most) {
        String rule = "must be a whole number from %d to %d".formatted(least, most);
        return parsed(
                name,
                otherwise,
                text -> {
                    int number = Integer.parseInt(text);
                    return number >= least && number <= most ? number : null;
                },
                rule);
    }

    double share(String name, double otherwise) {
        return parsed(
                name,
                otherwise,
                text -> {
                    double share = Double.parseDouble(text);
                    return share >= 0 && share <= 1 ? share : null;
                },
                "must be a number from 0 to 1");
    }

    /// Null: not set, or wrong.
    @Nullable Rate rate(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return new Rate(new BigDecimal(text));
        } catch (IllegalArgumentException e) {
            complain(name + " must be a number of calls per second from 0.001 to 1000");
            return null;
        }
    }

    Duration duration(String name, Duration otherwise) {
        return parsed(
                name,
                otherwise,
                text -> {
                    Duration duration = Duration.parse(text);
                    return duration.isNegative() ? null : duration;
                },
                "must be an ISO-8601 duration, as in PT15S");
    }

    /// Separated by commas.
    List<Duration> durations(String name, List<Duration> otherwise) {
        return parsed(
                name,
                otherwise,
                text ->
                        Stream.of(text.split(",", -1))
                                .map(String::strip)
                                .map(Duration::parse)
                                .toList(),
                "must be ISO-8601 durations separated by commas, as in PT5S,PT5M");
    }

    /// Null: not set.
    @Nullable Boolean flag(String name) {
        String text = text(name);
        if (text != null && !"true".equals(text) && !"false".equals(text)) {
            complain(name + " must be true or false");
        }
        return text == null ? null : Boolean.valueOf(text);
    }

    URI url(String name, URI otherwise) {
        return parsed(
                name,
                otherwise,
                text -> {
                    URI url = URI.create(text);
                    boolean http =
                            "http".equals(url.getScheme()) || "https".equals(url.getScheme());
                    return http && url.getHost() != null ? url : null;
                },
                "must be an http or https URL");
    }

    /// Names that this release does not use; setting them is no mistake.
    void reserved(String... names) {
        known.addAll(List.of(names));
    }

    void complain(String complaint) {
        wrong.add(complaint);
    }

    /// @throws InvalidSettings if anything was wrong, or a `LINEKEEPER_` variable is unknown
    void finish() {
        source.environment().keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !known.contains(name))
                .sorted()
                .forEach(name -> complain(name + " is not a setting of Linekeeper"));
        if (!wrong.isEmpty()) {
            throw new InvalidSettings(wrong);
        }
    }

    private <T> T parsed(
            String name, T otherwise, Function<String, @Nullable T> parse, String rule) {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        T value = null;
        try {
            value = parse.apply(text);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            // The rule says it better than the parser.
        }
        if (value == null) {
            complain(name + " " + rule);
            return otherwise;
        }
        return value;
    }
}
