package linekeeper.application.world;

import linekeeper.application.port.CallQueue;
import linekeeper.application.port.Standing;
import linekeeper.domain.AccountId;
import linekeeper.domain.AgentId;
import linekeeper.domain.CallKey;
import linekeeper.domain.CampaignId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallType;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.queue.Brakes;
import linekeeper.domain.queue.Occupancy;
import linekeeper.domain.queue.Occupancy.Scope;
import linekeeper.domain.queue.Occupancy.Use;
import linekeeper.domain.queue.Places.Campaign;
import linekeeper.domain.queue.QueueOrder.Rank;
import linekeeper.domain.queue.QueuePlace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

    private QueuePlace place(QueuedCall call, Instant now) {
        Rank mine = state.rank(call);
        Instant horizon = call.dueAt().isAfter(now) ? call.dueAt() : now;
        var queue = state.queue(call.key().account());
        long before =
                queue.headMap(mine).values().stream()
                        .filter(other -> !other.dueAt().isAfter(horizon))
                        .count();
        return new QueuePlace(Math.toIntExact(before) + 1, queue.size());
    }

    private Occupancy occupancy(QueuedCall call) {
        AccountId account = call.key().account();
        List<Use> uses = new ArrayList<>();
        uses.add(new Use(Scope.ACCOUNT, state.liveOf(account), state.accountLimit(account)));
        CampaignId campaign = call.accepted().request().grouping().campaign();
        Integer campaignLimit = state.campaignLimit(account, campaign);
        if (campaign != null && campaignLimit != null) {
            uses.add(new Use(Scope.CAMPAIGN, state.liveOf(account, campaign), campaignLimit));
        }
        ProviderName provider = call.accepted().provider();
        Integer providerLimit = state.limits.providers().get(provider);
        if (providerLimit != null) {
            uses.add(new Use(Scope.PROVIDER, state.liveOf(provider), providerLimit));
        }
        int live = Math.toIntExact(state.live().count());
        uses.add(new Use(Scope.SYSTEM, live, state.limits.system()));
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
            return state.waiting()
                    .filter(call -> failing.contains(call.accepted().provider()))
                    .filter(call -> !call.dueAt().isAfter(now))
                    .filter(call -> hasOther(call, usable))
                    .sorted(
                            Comparator.comparing(QueuedCall::dueAt)
                                    .thenComparingLong(call -> state.rank(call).ticket()))
                    .map(QueuedCall::key)
                    .limit(most)
                    .toList();
        }
    }

    private boolean hasOther(QueuedCall call, Set<ProviderName> usable) {
        AgentId agent = call.accepted().request().routing().agent();
        return state.route(call.key().account(), agent).agents().stream()
                .anyMatch(one -> usable.contains(one.provider()));
    }

    @Override
    public Status status(AccountId account, Instant now) {
        synchronized (state) {
            QueuedCall next =
                    state.queue(account).values().stream()
                            .filter(call -> call.accepted().request().type() == CallType.DIRECT)
                            .filter(call -> !call.dueAt().isAfter(now))
                            .findFirst()
                            .orElse(null);
            return new Status(
                    counts(account, CallType.DIRECT),
                    counts(account, CallType.CAMPAIGN),
                    next,
                    state.accountLimit(account));
        }
    }

    private Counts counts(AccountId account, CallType type) {
        return new Counts(
                count(state.waiting(), account, type), count(state.live(), account, type));
    }

    private static int count(Stream<? extends Call> calls, AccountId account, CallType type) {
        return (int)
                calls.filter(call -> call.key().account().equals(account))
                        .filter(call -> call.accepted().request().type() == type)
                        .count();
    }

    @Override
    public List<CallKey> expired(Instant now, int most) {
        synchronized (state) {
            return state.waiting()
                    .filter(call -> call.accepted().request().timing().expired(now))
                    .sorted(Comparator.comparing(state::rank))
                    .map(QueuedCall::key)
                    .limit(most)
                    .toList();
        }
    }
}
