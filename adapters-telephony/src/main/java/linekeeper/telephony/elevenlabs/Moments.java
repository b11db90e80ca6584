package linekeeper.telephony.elevenlabs;

import jakarta.json.JsonObject;

import linekeeper.telephony.exchange.Tolerant;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;

/// ElevenLabs' times: seconds since 1970, and seconds since the call began.
final class Moments {
    private static final BigDecimal MILLIS = BigDecimal.valueOf(1_000);
    private static final BigDecimal LATEST = BigDecimal.valueOf(0xFFFF_FFFFL);
    private static final BigDecimal LONGEST_CALL = BigDecimal.valueOf(1_000_000);

    private Moments() {}

    /// Null: there is none, or it is none of this century.
    static @Nullable Instant at(JsonObject from, String name) {
        BigDecimal seconds = Tolerant.number(from, name);
        return seconds == null || seconds.signum() <= 0 || seconds.compareTo(LATEST) > 0
                ? null
                : Instant.ofEpochMilli(seconds.multiply(MILLIS).longValue());
    }

    /// `start` and the seconds at `name`; null without either.
    static @Nullable Instant after(@Nullable Instant start, JsonObject from, String name) {
        BigDecimal seconds = Tolerant.number(from, name);
        return start == null
                        || seconds == null
                        || seconds.signum() < 0
                        || seconds.compareTo(LONGEST_CALL) > 0
                ? null
                : start.plusMillis(seconds.multiply(MILLIS).longValue());
    }
}
