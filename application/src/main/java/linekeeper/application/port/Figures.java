package linekeeper.application.port;

import linekeeper.domain.AccountId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.CallType;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/// What waits and what is live, counted now, for those who watch the service (D7, B5).
public interface Figures {
    /// Of every account, the largest `most` of them by name, in each of the lists.
    Load load(int most);

    /// Of one account alone.
    Load load(AccountId account);

    /// @param unboundSince slots reserved at or before this should have an execution id
    /// @param staleSince bound calls should have been heard of after this
    Trouble trouble(Instant unboundSince, Instant staleSince);

    /// Nothing is listed that has none.
    record Load(List<Waiting> waiting, List<Active> active) {
        public Load {
            waiting = List.copyOf(waiting);
            active = List.copyOf(active);
        }
    }

    /// @param account null: all those that are not named
    record Waiting(@Nullable AccountId account, CallType type, long calls) {}

    /// @param account null: all those that are not named
    record Active(@Nullable AccountId account, ProviderName provider, long slots) {}

    /// What should be none.
    ///
    /// @param unbound slots that have been without execution id for too long
    /// @param stale bound calls that nobody has heard of for too long
    /// @param beyondLimit the leases of slots that were given out when a limit that was in force then
    ///     was reached already, as far as their elders are still live; at most a thousand
    record Trouble(long unbound, long stale, Set<Long> beyondLimit) {
        public Trouble {
            beyondLimit = Set.copyOf(beyondLimit);
        }
    }
}
