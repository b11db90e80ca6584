package linekeeper.domain.notice;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How long to wait after each failed delivery. A notice is sent once more than there are waits, then
/// it is dead.
///
/// @param waits 1 to 100, each above zero
public record DeliverySchedule(List<Duration> waits) {
    public static final DeliverySchedule DEFAULT =
            new DeliverySchedule(
                    List.of(
                            Duration.ofSeconds(5),
                            Duration.ofMinutes(5),
                            Duration.ofMinutes(30),
                            Duration.ofHours(2),
                            Duration.ofHours(5),
                            Duration.ofHours(10),
                            Duration.ofHours(14),
                            Duration.ofHours(20),
                            Duration.ofHours(24)));

    private static final int MOST_WAITS = 100;
    private static final Duration LONGEST_WISH = Duration.ofHours(24);

    /// The share of a wait that chance may add to it: receivers that failed together are not asked
    /// together again.
    private static final double JITTER = 0.1;

    public DeliverySchedule {
        waits = List.copyOf(waits);
        if (waits.isEmpty() || waits.size() > MOST_WAITS) {
            throw new IllegalArgumentException("there must be 1 to " + MOST_WAITS + " waits");
        }
        if (waits.stream().anyMatch(wait -> wait.isNegative() || wait.isZero())) {
            throw new IllegalArgumentException("every wait must be above zero");
        }
    }

    /// When a notice that failed just now is sent again; empty: no more.
    ///
    /// @param failures how often it had failed before
    /// @param wish how long the receiver asked to be left alone, honoured up to a day; null: it did not
    /// @param chance 0 to 1
    public Optional<Instant> next(
            int failures, @Nullable Duration wish, double chance, Instant now) {
        if (failures >= waits.size()) {
            return Optional.empty();
        }
        Duration wait = waits.get(failures);
        Duration jittered = wait.plusMillis((long) (wait.toMillis() * JITTER * chance));
        return Optional.of(now.plus(longer(jittered, wish)));
    }

    private static Duration longer(Duration wait, @Nullable Duration wish) {
        if (wish == null) {
            return wait;
        }
        Duration bounded = wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish;
        return bounded.compareTo(wait) > 0 ? bounded : wait;
    }
}
