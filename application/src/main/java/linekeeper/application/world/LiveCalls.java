package linekeeper.application.world;

import linekeeper.domain.AccountId;
import linekeeper.domain.CampaignId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.UnboundCall;
import linekeeper.domain.queue.Places.Campaign;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The calls that hold slots, oldest first, and how many there are under each limit. Guarded by the
/// state's monitor.
final class LiveCalls {
    private final NavigableMap<Turn, LiveCall> all = new TreeMap<>();
    private final Map<AccountId, NavigableMap<Turn, LiveCall>> accounts = new HashMap<>();
    private final Map<ProviderName, NavigableMap<Turn, UnboundCall>> unbound = new HashMap<>();
    private final Map<ProviderName, Integer> providers = new HashMap<>();
    private final Map<Campaign, Integer> campaigns = new HashMap<>();

    /// It holds a slot now, or holds the same in another state.
    void put(LiveCall call) {
        Turn turn = Turn.of(call);
        if (all.put(turn, call) == null) {
            providers.merge(call.accepted().provider(), 1, Integer::sum);
            campaign(call).forEach(one -> campaigns.merge(one, 1, Integer::sum));
        }
        accounts.computeIfAbsent(call.key().account(), any -> new TreeMap<>()).put(turn, call);
        NavigableMap<Turn, UnboundCall> unknown =
                unbound.computeIfAbsent(call.accepted().provider(), any -> new TreeMap<>());
        if (call instanceof UnboundCall other) {
            unknown.put(turn, other);
        } else {
            unknown.remove(turn);
        }
    }

    /// It has given its slot back.
    void remove(LiveCall call) {
        Turn turn = Turn.of(call);
        if (all.remove(turn) == null) {
            throw new IllegalStateException(call.key() + " holds no slot; indicates a bug");
        }
        ofAccount(call.key().account()).remove(turn);
        unbound.getOrDefault(call.accepted().provider(), new TreeMap<>()).remove(turn);
        providers.computeIfPresent(call.accepted().provider(), (any, live) -> live - 1);
        campaign(call).forEach(one -> campaigns.computeIfPresent(one, (any, live) -> live - 1));
    }

    private static Stream<Campaign> campaign(LiveCall call) {
        CampaignId id = call.accepted().request().grouping().campaign();
        return id == null ? Stream.empty() : Stream.of(new Campaign(call.key().account(), id));
    }

    int count() {
        return all.size();
    }

    int count(AccountId account) {
        return ofAccount(account).size();
    }

    int count(Campaign campaign) {
        return campaigns.getOrDefault(campaign, 0);
    }

    int count(ProviderName provider) {
        return providers.getOrDefault(provider, 0);
    }

    Stream<LiveCall> all() {
        return all.values().stream();
    }

    Stream<LiveCall> of(AccountId account) {
        return ofAccount(account).values().stream();
    }

    Collection<UnboundCall> unbound(ProviderName provider) {
        return unbound.getOrDefault(provider, new TreeMap<>()).values();
    }

    /// The providers that have had any.
    Set<ProviderName> providers() {
        return providers.keySet();
    }

    private NavigableMap<Turn, LiveCall> ofAccount(AccountId account) {
        return accounts.getOrDefault(account, new TreeMap<>());
    }

    /// When a slot was given.
    private record Turn(Instant reservedAt, long lease) implements Comparable<Turn> {
        static Turn of(LiveCall call) {
            return new Turn(call.slot().reservedAt(), call.slot().lease().value());
        }

        @Override
        public int compareTo(Turn other) {
            int earlier = reservedAt.compareTo(other.reservedAt);
            return earlier == 0 ? Long.compare(lease, other.lease) : earlier;
        }
    }
}
