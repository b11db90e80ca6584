package linekeeper.domain.queue;

import java.util.List;

/// The slots in use against each limit that a call must fit under, narrowest scope first.
public record Occupancy(List<Use> uses) {
    public Occupancy {
        uses = List.copyOf(uses);
    }

    /// How many such calls can be live at once: the tightest limit.
    public int tightestLimit() {
        return uses.stream().mapToInt(Use::limit).min().orElse(Integer.MAX_VALUE);
    }

    /// Live calls above the tightest limit: it was lowered.
    public int aboveTightest() {
        int tightest = tightestLimit();
        return uses.stream()
                .filter(use -> use.limit == tightest)
                .mapToInt(use -> Math.max(0, use.active - use.limit))
                .max()
                .orElse(0);
    }

    /// Whether no slot is free under this limit; false if nothing is known of it.
    public boolean isFull(Scope scope) {
        return uses.stream().anyMatch(use -> use.scope == scope && use.isFull());
    }

    /// How many of the account's calls can be live at once, of whatever campaign.
    public int sharedLimit() {
        return uses.stream()
                .filter(use -> use.scope != Scope.CAMPAIGN)
                .mapToInt(Use::limit)
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    /// Slots in use of one limit.
    ///
    /// @param active where the limit is not reached, it may be fewer
    public record Use(Scope scope, int active, int limit) {
        boolean isFull() {
            return active >= limit;
        }
    }

    /// What a concurrency limit is set on (D8).
    public enum Scope {
        ACCOUNT,
        CAMPAIGN,
        PROVIDER,
        SYSTEM
    }
}
