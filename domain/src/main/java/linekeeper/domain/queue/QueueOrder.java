package linekeeper.domain.queue;

import linekeeper.domain.call.CallType;

import java.time.Instant;
import java.util.Comparator;

/// THE order in which an account's waiting calls are served: direct before campaign, then higher
/// priority, then due earlier, then accepted earlier (D2). The claim's SQL and the queue's index
/// repeat it; a shared contract suite holds them to it.
public final class QueueOrder {
    public static final Comparator<Rank> COMPARATOR =
            Comparator.comparing(Rank::type)
                    .thenComparing(Comparator.comparingInt(Rank::priority).reversed())
                    .thenComparing(Rank::dueAt)
                    .thenComparingLong(Rank::ticket);

    private QueueOrder() {}

    /// What a waiting call is ranked by.
    ///
    /// @param ticket ascending in the order of entering the queue, unique
    public record Rank(CallType type, int priority, Instant dueAt, long ticket)
            implements Comparable<Rank> {
        @Override
        public int compareTo(Rank other) {
            return COMPARATOR.compare(this, other);
        }
    }
}
