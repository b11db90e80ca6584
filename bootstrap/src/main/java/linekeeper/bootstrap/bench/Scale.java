package linekeeper.bootstrap.bench;

import java.time.Duration;
import java.util.List;

/// How much is measured.
///
/// @param warmUp before each section that counts per second
/// @param measured of each section that counts per second
/// @param inFlight calls that are accepted and not yet over, at most
/// @param liveCalls that webhooks report on, two of each
/// @param samples of each latency that is measured one by one
/// @param depths each at least as deep as the one before, all with the same number of accounts
record Scale(
        Duration warmUp,
        Duration measured,
        int inFlight,
        int liveCalls,
        int samples,
        List<Depth> depths) {
    private static final int ACCOUNTS = 10_000;
    private static final int YEARS = 10_000_000;

    static final Scale FULL =
            new Scale(
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(15),
                    512,
                    40_000,
                    2_000,
                    List.of(
                            new Depth(0, 0, ACCOUNTS),
                            new Depth(0, YEARS, ACCOUNTS),
                            new Depth(100_000, YEARS, ACCOUNTS),
                            new Depth(1_000_000, YEARS, ACCOUNTS)));

    static final Scale QUICK =
            new Scale(
                    Duration.ofSeconds(2),
                    Duration.ofMillis(2_500),
                    512,
                    3_000,
                    100,
                    List.of(new Depth(0, 0, 1_000), new Depth(10_000, 50_000, 1_000)));

    /// To see that all of it works.
    static final Scale TINY =
            new Scale(
                    Duration.ofMillis(200),
                    Duration.ofMillis(500),
                    32,
                    1_500,
                    10,
                    List.of(new Depth(0, 0, 200), new Depth(200, 500, 200)));
}
