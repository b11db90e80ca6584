package linekeeper.bootstrap.bench;

import java.time.Duration;

/// How much is measured.
///
/// @param warmUp before each section that counts per second
/// @param measured of each section that counts per second
/// @param inFlight calls that are accepted and not yet over, at most
/// @param liveCalls that webhooks report on, two of each
/// @param samples of each latency that is measured one by one
record Scale(Duration warmUp, Duration measured, int inFlight, int liveCalls, int samples) {
    static final Scale FULL =
            new Scale(Duration.ofSeconds(8), Duration.ofSeconds(15), 512, 40_000, 2_000);
    static final Scale QUICK =
            new Scale(Duration.ofSeconds(2), Duration.ofSeconds(3), 512, 3_000, 150);
}
