package linekeeper.application.world;

import linekeeper.domain.AccountId;
import linekeeper.domain.CallKey;
import linekeeper.domain.CampaignId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.CallType;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.queue.QueueOrder.Rank;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The calls that wait, per account in lanes. Guarded by the state's monitor.
final class WaitingCalls {
    private static final Comparator<AccountId> BY_NAME = Comparator.comparing(AccountId::value);

    private final NavigableMap<AccountId, NavigableMap<LaneKey, Lane>> accounts =
            new TreeMap<>(BY_NAME);
    private final Map<CallKey, Place> places = new HashMap<>();
    private final NavigableMap<Instant, Set<Rank>> expiries = new TreeMap<>();
    private final Map<Rank, CallKey> expiring = new HashMap<>();
    private long lastTicket;

    /// It waits now; what waited before keeps its ticket.
    void put(QueuedCall call) {
        Place before = places.get(call.key());
        long ticket = before == null ? ++lastTicket : before.rank().ticket();
        remove(call.key());
        CallRequest request = call.accepted().request();
        Rank rank = new Rank(request.type(), request.priority(), call.dueAt(), ticket);
        Place place = new Place(rank, call);
        places.put(call.key(), place);
        lanes(call.key().account()).computeIfAbsent(LaneKey.of(call), any -> new Lane()).add(place);
        if (request.timing().expiresAt() != null) {
            expiring.put(rank, call.key());
            expiries.computeIfAbsent(request.timing().expiresAt(), any -> new TreeSet<>())
                    .add(rank);
        }
    }

    private NavigableMap<LaneKey, Lane> lanes(AccountId account) {
        return accounts.computeIfAbsent(account, any -> new TreeMap<>(LaneKey.ORDER));
    }

    /// It waits no longer, if it did.
    void remove(CallKey key) {
        Place place = places.remove(key);
        if (place == null) {
            return;
        }
        NavigableMap<LaneKey, Lane> lanes = lanes(key.account());
        LaneKey laneKey = LaneKey.of(place.call());
        Lane lane = Objects.requireNonNull(lanes.get(laneKey));
        lane.remove(place.rank());
        if (lane.size() == 0) {
            lanes.remove(laneKey);
        }
        Instant expiry = place.call().accepted().request().timing().expiresAt();
        if (expiry != null) {
            expiring.remove(place.rank());
            expiries.computeIfPresent(
                    expiry,
                    (any, ranks) -> ranks.remove(place.rank()) && ranks.isEmpty() ? null : ranks);
        }
    }

    int count() {
        return places.size();
    }

    /// Null: it does not wait.
    @Nullable Place place(CallKey key) {
        return places.get(key);
    }

    /// An account's lanes, first those whose calls come first.
    NavigableMap<LaneKey, Lane> of(AccountId account) {
        return accounts.getOrDefault(account, new TreeMap<>(LaneKey.ORDER));
    }

    /// Every account's lanes.
    Stream<Map.Entry<LaneKey, Lane>> lanes() {
        return accounts.values().stream().flatMap(lanes -> lanes.entrySet().stream());
    }

    Optional<Instant> nextDue(Instant now) {
        return lanes().flatMap(lane -> lane.getValue().nextDue(now).stream())
                .min(Comparator.naturalOrder());
    }

    /// The calls whose `expires_at` has come, in the order of their ranks.
    Stream<CallKey> expired(Instant now) {
        return expiries.headMap(now, true).values().stream()
                .flatMap(Set::stream)
                .sorted()
                .map(expiring::get);
    }

    /// What the calls of a lane have in common besides their account.
    record LaneKey(
            CallType type, int priority, ProviderName provider, @Nullable CampaignId campaign) {
        /// The order of their calls, and some order among those that are equal in it.
        static final Comparator<LaneKey> ORDER =
                Comparator.comparing(LaneKey::type)
                        .thenComparing(Comparator.comparingInt(LaneKey::priority).reversed())
                        .thenComparing(lane -> lane.provider.value())
                        .thenComparing(lane -> lane.campaign == null ? "" : lane.campaign.value());

        static LaneKey of(QueuedCall call) {
            CallRequest request = call.accepted().request();
            return new LaneKey(
                    request.type(),
                    request.priority(),
                    call.accepted().provider(),
                    request.grouping().campaign());
        }

        /// Whether all calls of this lane go before all of the other, if they are due.
        boolean before(LaneKey other) {
            return type != other.type ? type.compareTo(other.type) < 0 : priority > other.priority;
        }

        boolean alongside(LaneKey other) {
            return type == other.type && priority == other.priority;
        }
    }
}
