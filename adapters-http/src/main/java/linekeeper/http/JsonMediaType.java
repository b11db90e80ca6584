package linekeeper.http;

import java.util.Arrays;
import java.util.Locale;

/// Tells JSON in UTF-8 from all else by a `Content-Type` as it was sent, malformed ones included.
/// Parameters other than `charset` mean nothing to JSON and are ignored.
final class JsonMediaType {
    private static final String TYPE = "application/json";
    private static final String CHARSET = "charset=";
    private static final String UTF_8 = "utf-8";

    private JsonMediaType() {}

    static boolean matches(String contentType) {
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
        return parts[0].strip().equals(TYPE)
                && Arrays.stream(parts).skip(1).map(String::strip).allMatch(JsonMediaType::fits);
    }

    private static boolean fits(String parameter) {
        return parameter.startsWith(CHARSET)
                ? unquoted(parameter.substring(CHARSET.length())).equals(UTF_8)
                : parameter.isEmpty() || parameter.indexOf('=') > 0;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
