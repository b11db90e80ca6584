package linekeeper.domain.queue;

import linekeeper.domain.call.CallType;

import java.time.Instant;
import java.util.Comparator;

/// THE order in which an account's waiting calls are served: direct before campaign, then higher
/// priority, then due earlier, then accepted earlier (D2). The claim's SQL and the queue's index
/// repeat it; a shared contract suite holds them to it.
public final class QueueOrder {
    public static final Comparator<Rank> COMPARATOR = QueueOrder::compare;

    private QueueOrder() {}

    /// Written out, not chained from comparators: a simulation of a long queue does little else.
    private static int compare(Rank one, Rank other) {
        if (one.type != other.type) {
            return one.type.compareTo(other.type);
        }
        if (one.priority != other.priority) {
            return Integer.compare(other.priority, one.priority);
        }
        int due = one.dueAt.compareTo(other.dueAt);
        return due != 0 ? due : Long.compare(one.ticket, other.ticket);
    }

    /// What a waiting call is ranked by.
    ///
    /// @param ticket ascending in the order of entering the queue, unique
    public record Rank(CallType type, int priority, Instant dueAt, long ticket)
            implements Comparable<Rank> {
        @Override
        public int compareTo(Rank other) {
            return QueueOrder.compare(this, other);
        }
    }
}
