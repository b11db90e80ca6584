package linekeeper.http;

import linekeeper.application.port.CallCursor;
import linekeeper.domain.CallId;
import linekeeper.domain.InvalidValue;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Makes places in lists opaque and reads them back.
final class Cursors {
    private static final char SEPARATOR = ' ';

    private Cursors() {}

    static @Nullable String write(@Nullable CallCursor cursor) {
        return cursor == null
                ? null
                : seal(cursor.createdAt().toString() + SEPARATOR + cursor.call().value());
    }

    static CallCursor read(String sealed) {
        String text = open(sealed);
        int separator = text.indexOf(SEPARATOR);
        try {
            if (separator > 0) {
                return new CallCursor(
                        Instants.parse(text.substring(0, separator)),
                        new CallId(text.substring(separator + 1)));
            }
        } catch (InvalidValue e) {
            throw invalid();
        }
        throw invalid();
    }

    static String writeNumber(long number) {
        return seal(Long.toString(number));
    }

    static long readNumber(String sealed) {
        try {
            return Long.parseLong(open(sealed));
        } catch (NumberFormatException e) {
            throw invalid();
        }
    }

    static String seal(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String open(String sealed) {
        try {
            return new String(Base64.getUrlDecoder().decode(sealed), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    private static InvalidValue invalid() {
        return new InvalidValue("cursor", "must be a next_cursor of this list");
    }
}
