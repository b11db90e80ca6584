package linekeeper.bootstrap.bench;

import java.time.Duration;

/// How much is measured.
///
/// @param warmUp before each section that counts per second
/// @param measured of each section that counts per second
/// @param inFlight calls that are accepted and not yet over, at most
record Scale(Duration warmUp, Duration measured, int inFlight) {
    static final Scale FULL = new Scale(Duration.ofSeconds(8), Duration.ofSeconds(15), 512);
    static final Scale QUICK = new Scale(Duration.ofSeconds(3), Duration.ofSeconds(3), 512);
}
