package linekeeper.bootstrap.planning;

import linekeeper.application.planning.Spread;
import linekeeper.domain.InvalidValue;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads how a time spreads: `PT90S`, `exponential(PT90S)`, `uniform(PT10S, PT30S)` or
/// `lognormal(PT90S, PT60S)`, the last with mean and standard deviation.
public final class Spreads {
    private static final Pattern NAMED = Pattern.compile("\\s*([a-z]+)\\s*\\(([^()]*)\\)\\s*");
    private static final String FORMS =
            "must be like PT90S, exponential(PT90S), uniform(PT10S, PT30S) or"
                    + " lognormal(PT90S, PT60S)";

    private Spreads() {}

    /// @throws InvalidValue names the field
    public static Spread parse(String field, String text) {
        try {
            Matcher named = NAMED.matcher(text.toLowerCase(Locale.ROOT));
            return named.matches()
                    ? named(field, named.group(1), times(named.group(2)))
                    : Spread.always(Duration.parse(text.strip()));
        } catch (DateTimeException e) {
            throw new InvalidValue(field, FORMS);
        } catch (IllegalArgumentException e) {
            throw new InvalidValue(field, String.valueOf(e.getMessage()));
        }
    }

    private static List<Duration> times(String texts) {
        return Stream.of(texts.split(",", -1)).map(String::strip).map(Duration::parse).toList();
    }

    private static Spread named(String field, String name, List<Duration> times) {
        return switch (name + times.size()) {
            case "fixed1" -> Spread.always(times.getFirst());
            case "exponential1" -> new Spread.Exponential(times.getFirst());
            case "uniform2" -> new Spread.Uniform(times.getFirst(), times.getLast());
            case "lognormal2" -> new Spread.Lognormal(times.getFirst(), times.getLast());
            default -> throw new InvalidValue(field, FORMS);
        };
    }
}
