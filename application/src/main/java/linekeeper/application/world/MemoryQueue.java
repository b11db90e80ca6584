package linekeeper.application.world;

import linekeeper.application.port.CallQueue;
import linekeeper.application.port.Standing;
import linekeeper.application.world.WaitingCalls.LaneKey;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallKey;
import linekeeper.domain.CampaignId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.agent.Route;
import linekeeper.domain.call.CallType;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.queue.Brakes;
import linekeeper.domain.queue.Occupancy;
import linekeeper.domain.queue.Occupancy.Scope;
import linekeeper.domain.queue.Occupancy.Use;
import linekeeper.domain.queue.Places.Campaign;
import linekeeper.domain.queue.QueueOrder.Rank;
import linekeeper.domain.queue.QueuePlace;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/// The queue in memory.
final class MemoryQueue implements CallQueue {
    private final MemoryState state;

    MemoryQueue(MemoryState state) {
        this.state = state;
    }

    @Override
    public Optional<Standing> standing(CallKey key, Instant now) {
        synchronized (state) {
            return state.calls.get(key) instanceof QueuedCall call
                    ? Optional.of(
                            new Standing(place(call, now), occupancy(call), brakes(call, now)))
                    : Optional.empty();
        }
    }

    /// One more than the calls that are due and come first.
    private QueuePlace place(QueuedCall call, Instant now) {
        Rank mine = Objects.requireNonNull(state.waiting.place(call.key())).rank();
        Instant horizon = call.dueAt().isAfter(now) ? call.dueAt() : now;
        LaneKey own = LaneKey.of(call);
        int before = 0;
        int total = 0;
        for (var other : state.waiting.of(call.key().account()).entrySet()) {
            Lane lane = other.getValue();
            total += lane.size();
            if (other.getKey().before(own)) {
                before += lane.countDue(horizon);
            } else if (other.getKey().alongside(own)) {
                before += lane.countBefore(mine);
            }
        }
        return new QueuePlace(before + 1, total);
    }

    private Occupancy occupancy(QueuedCall call) {
        AccountId account = call.key().account();
        List<Use> uses = new ArrayList<>();
        uses.add(new Use(Scope.ACCOUNT, state.live.count(account), state.accountLimit(account)));
        CampaignId campaign = call.accepted().request().grouping().campaign();
        Integer campaignLimit = state.campaignLimit(account, campaign);
        if (campaign != null && campaignLimit != null) {
            uses.add(
                    new Use(
                            Scope.CAMPAIGN,
                            state.live.count(new Campaign(account, campaign)),
                            campaignLimit));
        }
        ProviderName provider = call.accepted().provider();
        Integer providerLimit = state.limits.providers().get(provider);
        if (providerLimit != null) {
            uses.add(new Use(Scope.PROVIDER, state.live.count(provider), providerLimit));
        }
        uses.add(new Use(Scope.SYSTEM, state.live.count(), state.limits.system()));
        return new Occupancy(uses);
    }

    private Brakes brakes(QueuedCall call, Instant now) {
        CampaignId id = call.accepted().request().grouping().campaign();
        Campaign campaign = id == null ? null : new Campaign(call.key().account(), id);
        return new Brakes(
                null,
                Brakes.token(state.providerBuckets.get(call.accepted().provider()), now),
                campaign == null ? null : Brakes.token(state.campaignBuckets.get(campaign), now));
    }

    @Override
    public List<CallKey> reroutable(
            Set<ProviderName> failing, Set<ProviderName> usable, Instant now, int most) {
        synchronized (state) {
            return state.waiting
                    .lanes()
                    .filter(lane -> failing.contains(lane.getKey().provider()))
                    .flatMap(lane -> StreamSupport.stream(lane.getValue().spliterator(), false))
                    .filter(place -> !place.rank().dueAt().isAfter(now))
                    .filter(place -> hasOther(place.call(), usable))
                    .sorted(
                            Comparator.comparing((Place place) -> place.rank().dueAt())
                                    .thenComparingLong(place -> place.rank().ticket()))
                    .map(place -> place.call().key())
                    .limit(most)
                    .toList();
        }
    }

    private boolean hasOther(QueuedCall call, Set<ProviderName> usable) {
        return state.route(call.accepted().request()).agents().stream()
                .anyMatch(one -> usable.contains(one.provider()));
    }

    @Override
    public List<CallKey> astray(AccountId account, int most) {
        synchronized (state) {
            return state.waiting.of(account).values().stream()
                    .flatMap(lane -> StreamSupport.stream(lane.spliterator(), false))
                    .map(Place::call)
                    .filter(this::isAstray)
                    .map(QueuedCall::key)
                    .limit(most)
                    .toList();
        }
    }

    private boolean isAstray(QueuedCall call) {
        Route route = state.route(call.accepted().request());
        return !route.equals(Route.NONE) && route.by(call.accepted().provider()).isEmpty();
    }

    @Override
    public Status status(AccountId account, Instant now) {
        synchronized (state) {
            return new Status(
                    counts(account, CallType.DIRECT),
                    counts(account, CallType.CAMPAIGN),
                    nextDirect(account, now),
                    state.accountLimit(account));
        }
    }

    /// Among the first of the lanes that go first.
    private @Nullable QueuedCall nextDirect(AccountId account, Instant now) {
        return state.waiting.of(account).entrySet().stream()
                .filter(lane -> lane.getKey().type() == CallType.DIRECT)
                .map(lane -> lane.getValue().iterator().next())
                .filter(place -> !place.rank().dueAt().isAfter(now))
                .min(Comparator.comparing(Place::rank))
                .map(Place::call)
                .orElse(null);
    }

    private Counts counts(AccountId account, CallType type) {
        int queued =
                state.waiting.of(account).entrySet().stream()
                        .filter(lane -> lane.getKey().type() == type)
                        .mapToInt(lane -> lane.getValue().size())
                        .sum();
        long live =
                state.live
                        .of(account)
                        .filter(call -> call.accepted().request().type() == type)
                        .count();
        return new Counts(queued, Math.toIntExact(live));
    }

    @Override
    public List<CallKey> expired(Instant now, int most) {
        synchronized (state) {
            return state.waiting.expired(now).limit(most).toList();
        }
    }
}
