package linekeeper.telephony.twilio;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/// Twilio writes dates as in mails: `Fri, 20 Nov 2026 09:17:40 +0000`.
final class TwilioDates {
    private TwilioDates() {}

    /// Null: there is none, or it is none.
    static @Nullable Instant read(@Nullable String written) {
        if (written == null) {
            return null;
        }
        try {
            return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(written));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
