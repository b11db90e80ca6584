package linekeeper.application.port;

import linekeeper.domain.AccountId;
import linekeeper.domain.CallKey;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.QueuedCall;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The waiting calls.
public interface CallQueue {
    /// How a call stands; empty if it does not wait.
    Optional<Standing> standing(CallKey key, Instant now);

    /// @param now calls due later do not count as next
    Status status(AccountId account, Instant now);

    /// Waiting calls whose `expires_at` has come, at most `most`.
    List<CallKey> expired(Instant now, int most);

    /// Due calls that wait for one of the `failing` providers although their agent ([Agents#route]), or
    /// one that stands in for it, has one of the `usable` ones; the longest due first, at most `most`.
    List<CallKey> reroutable(
            Set<ProviderName> failing, Set<ProviderName> usable, Instant now, int most);

    /// Waiting calls of an account whose agent was changed, so that nobody on its route goes by their
    /// provider; at most `most`.
    List<CallKey> astray(AccountId account, int most);

    /// An account's queue and live calls (D4).
    ///
    /// @param nextDirect the direct call that is next; null: none waits
    /// @param limit the account's concurrency limit
    record Status(Counts direct, Counts campaign, @Nullable QueuedCall nextDirect, int limit) {
        public int active() {
            return direct.live + campaign.live;
        }
    }

    record Counts(int queued, int live) {}
}
