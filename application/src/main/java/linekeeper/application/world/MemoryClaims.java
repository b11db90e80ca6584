package linekeeper.application.world;

import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Slots.Claim;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallKey;
import linekeeper.domain.CampaignId;
import linekeeper.domain.LeaseToken;
import linekeeper.domain.ProviderName;
import linekeeper.domain.agent.Route;
import linekeeper.domain.call.Line;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.RetryPolicy;
import linekeeper.domain.call.Routing;
import linekeeper.domain.call.TimelineEvent;
import linekeeper.domain.queue.Places;
import linekeeper.domain.queue.Places.Campaign;
import linekeeper.domain.queue.Places.Due;
import linekeeper.domain.queue.TokenBucket;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// The claim in memory: counts what is free, has [Places] choose, and reserves.
final class MemoryClaims {
    private final MemoryState state;

    MemoryClaims(MemoryState state) {
        this.state = state;
    }

    Claim claim(Collection<AccountId> accounts, ClaimTerms terms) {
        Instant now = terms.clock().instant();
        List<ClaimLane> lanes = lanes(accounts, now);
        Places places = places(lanes, terms, now);
        List<Iterator<Due>> open = lanes.stream().map(lane -> lane.open(now)).toList();
        List<ReservedCall> claimed = new ArrayList<>();
        for (Due chosen : places.giveFrom(open)) {
            claimed.add(reserve(chosen, now));
        }
        return new Claim(claimed, saturated(), nextToken(lanes, now), 0);
    }

    private boolean saturated() {
        return state.live.count() >= state.limits.system()
                || state.limits.providers().keySet().stream().anyMatch(this::full);
    }

    private boolean full(ProviderName provider) {
        return state.live.count(provider) >= state.limits.provider(provider);
    }

    /// Those with calls that are due, in accounts that have a slot free.
    private List<ClaimLane> lanes(Collection<AccountId> accounts, Instant now) {
        List<ClaimLane> due = new ArrayList<>();
        for (AccountId account : accounts) {
            if (free(account) > 0) {
                state.waiting
                        .of(account)
                        .forEach((key, lane) -> due.add(new ClaimLane(account, key, lane)));
            }
        }
        due.removeIf(lane -> !lane.isDue(now));
        return due;
    }

    private int free(AccountId account) {
        return state.accountLimit(account) - state.live.count(account);
    }

    private Places places(List<ClaimLane> lanes, ClaimTerms terms, Instant now) {
        int free = state.limits.system() - state.live.count();
        Places places = new Places(Math.min(terms.most(), free));
        for (ClaimLane lane : lanes) {
            places.account(lane.account(), free(lane.account()));
            places.provider(lane.provider(), free(lane.provider(), terms, now));
            if (lane.campaign() != null) {
                places.campaign(lane.campaign(), free(lane.campaign(), now));
            }
        }
        return places;
    }

    private int free(ProviderName provider, ClaimTerms terms, Instant now) {
        int slots = state.limits.provider(provider) - state.live.count(provider);
        int room = Math.min(slots, terms.room().of(provider));
        return Math.min(room, tokens(state.providerBuckets.get(provider), now));
    }

    private int free(Campaign campaign, Instant now) {
        Integer limit = state.campaignLimit(campaign.account(), campaign.campaign());
        int slots = limit == null ? Integer.MAX_VALUE : limit - state.live.count(campaign);
        return Math.min(slots, tokens(state.campaignBuckets.get(campaign), now));
    }

    private static int tokens(@Nullable TokenBucket bucket, Instant now) {
        return bucket == null ? Integer.MAX_VALUE : bucket.tokens(now);
    }

    private @Nullable Instant nextToken(List<ClaimLane> lanes, Instant now) {
        return lanes.stream()
                .flatMap(this::buckets)
                .filter(bucket -> bucket.tokens(now) == 0)
                .map(TokenBucket::nextAt)
                .min(Instant::compareTo)
                .orElse(null);
    }

    private Stream<TokenBucket> buckets(ClaimLane lane) {
        return Stream.concat(
                Stream.ofNullable(state.providerBuckets.get(lane.provider())),
                Stream.ofNullable(lane.campaign())
                        .flatMap(one -> Stream.ofNullable(state.campaignBuckets.get(one))));
    }

    private ReservedCall reserve(Due due, Instant now) {
        CallKey key = due.key();
        QueuedCall call = (QueuedCall) Objects.requireNonNull(state.calls.get(key));
        pay(due, now);
        LeaseToken lease = new LeaseToken(state.nextLease());
        CampaignId campaign = call.accepted().request().grouping().campaign();
        RetryPolicy retries = state.retries(key.account(), campaign).policy();
        ReservedCall reserved = call.reserve(lease, line(call, lease), retries, now);
        state.put(reserved);
        Map<String, String> detail =
                Map.of(
                        "provider",
                        call.accepted().provider().value(),
                        "attempt",
                        Integer.toString(call.attempt()));
        state.record(call.key(), TimelineEvent.of(now, "reserved", detail));
        return reserved;
    }

    private void pay(Due call, Instant now) {
        state.providerBuckets.computeIfPresent(call.provider(), (any, one) -> one.take(1, now));
        if (call.campaign() != null) {
            state.campaignBuckets.computeIfPresent(call.campaign(), (any, one) -> one.take(1, now));
        }
    }

    private Line line(QueuedCall call, LeaseToken lease) {
        Routing asked = state.routing(call.accepted().request());
        Route route = state.route(call.accepted().request());
        return route.by(call.accepted().provider())
                .map(agent -> agent.line(asked, lease))
                .orElseGet(() -> route.equals(Route.NONE) ? Line.asAsked(asked) : Line.NONE);
    }
}
