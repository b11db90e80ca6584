package linekeeper.http;

import linekeeper.domain.InvalidValue;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/// Reads RFC 3339 times, in the precision and the range that every store keeps.
final class Instants {
    private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    private Instants() {}

    /// To the microsecond.
    static Instant parse(String text) {
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
                throw invalid();
            }
            return instant.truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException e) {
            throw invalid();
        }
    }

    private static InvalidValue invalid() {
        return new InvalidValue("time", "must be an RFC 3339 time as in 2025-11-21T10:30:00Z");
    }
}
