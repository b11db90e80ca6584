package linekeeper.http;

import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;

import linekeeper.domain.InvalidValue;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads a request's query parameters; an empty one counts as absent.
record Query(ServerRequest request) {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    <T> @Nullable T value(String name, Function<String, T> type) {
        String text = text(name);
        if (text.isEmpty()) {
            return null;
        }
        try {
            return type.apply(text);
        } catch (InvalidValue invalid) {
            throw wrong(name, invalid.rule());
        }
    }

    private String text(String name) {
        try {
            return request.query().first(name).orElse("");
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // Helidon's decoder reads on behind a last percent sign.
            throw Problem.of(Status.BAD_REQUEST_400, "The query is not well-formed").asException();
        }
    }

    /// One of a fixed set of words.
    <T> @Nullable T word(String name, Function<String, Optional<T>> words) {
        return value(
                name,
                text ->
                        words.apply(text)
                                .orElseThrow(() -> new InvalidValue(name, "is not a known word")));
    }

    /// `?limit=`, 50 unless told.
    int limit() {
        Integer limit = value("limit", Query::wholeNumber);
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw wrong("limit", "must be 1 to " + MAX_LIMIT);
        }
        return limit;
    }

    private static int wholeNumber(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new InvalidValue("limit", "must be a whole number");
        }
    }

    /// A plus sign that was not encoded arrives as a space.
    static String plusRestored(String text) {
        return text.replace(' ', '+');
    }

    private static ProblemException wrong(String name, String rule) {
        return Problem.of(
                        Status.BAD_REQUEST_400,
                        name + " " + rule,
                        List.of(new FieldError(name, rule)))
                .asException();
    }
}
