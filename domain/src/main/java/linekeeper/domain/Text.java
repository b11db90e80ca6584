package linekeeper.domain;

import java.util.regex.Pattern;

/// The shapes an identity may have. Package-private: callers see only the ids themselves.
final class Text {
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E]+");

    private Text() {}

    /// Printable ASCII without spaces, 1 to `max` characters (A6).
    static String token(String field, String value, int max) {
        if (value.isEmpty() || value.length() > max || !TOKEN.matcher(value).matches()) {
            throw new InvalidValue(
                    field, "must be 1 to " + max + " printable ASCII characters without spaces");
        }
        return value;
    }
}
