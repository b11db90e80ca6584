package linekeeper.domain.call;

import linekeeper.domain.CallId;
import linekeeper.domain.DriverId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The ids this service makes itself, for calls whose backend has none (C1, C6).
public final class CallSid {
    private static final String PREFIX = "EL_";
    private static final String NOBODY = "UNKNOWN";

    private CallSid() {}

    /// One attempt to call a driver, as in `EL_12345_2025-11-21T10:30:00Z`.
    ///
    /// @param serial 1, or the next one if another attempt of the same second has the id: only then is
    ///     it written, as in `EL_12345_2025-11-21T10:30:00Z_2`
    public static CallId ofAttempt(DriverId driver, Instant at, int serial) {
        String plain = PREFIX + driver + "_" + at.truncatedTo(ChronoUnit.SECONDS);
        return new CallId(serial == 1 ? plain : plain + "_" + serial);
    }

    /// A record that was written before calls had ids, as in `EL_12345_1763721000`.
    ///
    /// @param driver null: not known whom
    public static CallId ofRecord(@Nullable DriverId driver, Instant createdAt) {
        String whom = driver == null ? NOBODY : driver.value();
        return new CallId(PREFIX + whom + "_" + createdAt.getEpochSecond());
    }

    /// The same, of a record whose id another one has: told apart by its content.
    ///
    /// @param fingerprint hexadecimal, of the record's content; its beginning is used
    public static CallId ofRecord(
            @Nullable DriverId driver, Instant createdAt, String fingerprint) {
        return new CallId(ofRecord(driver, createdAt) + "_" + fingerprint.substring(0, 8));
    }
}
