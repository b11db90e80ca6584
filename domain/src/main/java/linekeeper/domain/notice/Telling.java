package linekeeper.domain.notice;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;

/// How telling a notice goes.
///
/// @param deliveries how often it was sent, the running delivery included
/// @param failures how often in vain since it was written or last replayed; decides the next wait
/// @param dueAt not sent before; of one that is being sent: when its sender counts as dead
/// @param answer what the latest delivery came to, at most 200 characters; null: none is over yet
/// @param deliveredAt when a receiver last took it
public record Telling(
        NoticeStatus status,
        int deliveries,
        int failures,
        Instant dueAt,
        @Nullable String answer,
        @Nullable Instant deliveredAt) {
    private static final int MAX_ANSWER = 200;

    public Telling {
        answer = answer == null ? null : answer.substring(0, Math.min(answer.length(), MAX_ANSWER));
    }

    /// Not sent yet.
    public static Telling due(Instant at) {
        return new Telling(NoticeStatus.PENDING, 0, 0, at, null, null);
    }

    /// Somebody sends it now, and counts as dead at `until`.
    public Telling leased(Instant until) {
        return new Telling(status, deliveries + 1, failures, until, answer, deliveredAt);
    }

    public Telling delivered(String by, Instant now) {
        return new Telling(NoticeStatus.DELIVERED, deliveries, failures, dueAt, by, now);
    }

    /// It is sent again at `next`; empty: it was the last try.
    public Telling failed(String why, Optional<Instant> next) {
        return new Telling(
                next.isPresent() ? NoticeStatus.PENDING : NoticeStatus.DEAD,
                deliveries,
                failures + 1,
                next.orElse(dueAt),
                why,
                deliveredAt);
    }

    /// Nobody takes it now; that is no failure of its own.
    public Telling waiting(String why, Instant due) {
        return new Telling(NoticeStatus.PENDING, deliveries, failures, due, why, deliveredAt);
    }

    /// It is given up without another try.
    public Telling dead(String why) {
        return new Telling(NoticeStatus.DEAD, deliveries, failures, dueAt, why, deliveredAt);
    }

    /// It is sent once more, with every try before it.
    public Telling replayed(Instant now) {
        return new Telling(NoticeStatus.PENDING, deliveries, 0, now, answer, deliveredAt);
    }
}
