package linekeeper.telephony.twilio;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `application/x-www-form-urlencoded`, written with repeated names and read tolerantly.
final class Form {
    private static final int MOST_FIELDS = 1_000;

    private final List<String> pairs = new ArrayList<>();

    Form add(String name, String value) {
        pairs.add(encoded(name) + "=" + encoded(value));
        return this;
    }

    String text() {
        return String.join("&", pairs);
    }

    /// Of a repeated name the first, so that what was verified is what is read; empty: not a form.
    static Optional<Map<String, String>> read(String text) {
        String[] pairs = text.split("&", MOST_FIELDS + 1);
        if (text.isEmpty() || pairs.length > MOST_FIELDS) {
            return Optional.empty();
        }
        Map<String, String> fields = new HashMap<>();
        try {
            for (String pair : pairs) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                fields.putIfAbsent(decoded(name), decoded(value));
            }
            return Optional.of(fields);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part, StandardCharsets.UTF_8);
    }
}
