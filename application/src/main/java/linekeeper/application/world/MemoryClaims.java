package linekeeper.application.world;

import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Slots.Claim;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallKey;
import linekeeper.domain.CampaignId;
import linekeeper.domain.LeaseToken;
import linekeeper.domain.ProviderName;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// The claim in memory: counts what is free, has [Places] choose, and reserves.
final class MemoryClaims {
    private final MemoryState state;

    MemoryClaims(MemoryState state) {
        this.state = state;
    }

    Claim claim(Collection<AccountId> accounts, ClaimTerms terms) {
        Instant now = terms.clock().instant();
        List<QueuedCall> due = due(accounts, now);
        List<Due> open =
                due.stream()
                        .filter(call -> !call.accepted().request().timing().expired(now))
                        .map(this::asked)
                        .toList();
        List<ReservedCall> claimed = new ArrayList<>();
        for (Due chosen : places(due, terms, now).give(open)) {
            claimed.add(reserve(chosen.key(), now));
        }
        return new Claim(claimed, saturated(), nextToken(due, now), 0);
    }

    private boolean saturated() {
        return state.live().count() >= state.limits.system()
                || state.limits.providers().keySet().stream().anyMatch(this::full);
    }

    private boolean full(ProviderName provider) {
        return state.liveOf(provider) >= state.limits.provider(provider);
    }

    private List<QueuedCall> due(Collection<AccountId> accounts, Instant now) {
        Set<AccountId> named = Set.copyOf(accounts);
        return state.waiting()
                .filter(call -> named.contains(call.key().account()))
                .filter(call -> free(call.key().account()) > 0)
                .filter(call -> !call.dueAt().isAfter(now))
                .toList();
    }

    private int free(AccountId account) {
        return state.accountLimit(account) - state.liveOf(account);
    }

    private Places places(List<QueuedCall> due, ClaimTerms terms, Instant now) {
        int free = Math.toIntExact(state.limits.system() - state.live().count());
        Places places = new Places(Math.min(terms.most(), free));
        for (QueuedCall call : due) {
            Due asked = asked(call);
            places.account(call.key().account(), free(call.key().account()));
            places.provider(asked.provider(), free(asked.provider(), terms, now));
            if (asked.campaign() != null) {
                places.campaign(asked.campaign(), free(asked.campaign(), now));
            }
        }
        return places;
    }

    private int free(ProviderName provider, ClaimTerms terms, Instant now) {
        int slots = state.limits.provider(provider) - state.liveOf(provider);
        int room = Math.min(slots, terms.room().of(provider));
        return Math.min(room, tokens(state.providerBuckets.get(provider), now));
    }

    private int free(Campaign campaign, Instant now) {
        Integer limit = state.campaignLimit(campaign.account(), campaign.campaign());
        int slots =
                limit == null
                        ? Integer.MAX_VALUE
                        : limit - state.liveOf(campaign.account(), campaign.campaign());
        return Math.min(slots, tokens(state.campaignBuckets.get(campaign), now));
    }

    private static int tokens(@Nullable TokenBucket bucket, Instant now) {
        return bucket == null ? Integer.MAX_VALUE : bucket.tokens(now);
    }

    private @Nullable Instant nextToken(List<QueuedCall> due, Instant now) {
        return due.stream()
                .map(this::asked)
                .flatMap(this::buckets)
                .filter(bucket -> bucket.tokens(now) == 0)
                .map(TokenBucket::nextAt)
                .min(Instant::compareTo)
                .orElse(null);
    }

    private Stream<TokenBucket> buckets(Due call) {
        return Stream.concat(
                Stream.ofNullable(state.providerBuckets.get(call.provider())),
                Stream.ofNullable(call.campaign())
                        .flatMap(one -> Stream.ofNullable(state.campaignBuckets.get(one))));
    }

    private Due asked(QueuedCall call) {
        CampaignId campaign = call.accepted().request().grouping().campaign();
        return new Due(
                call.key(),
                call.accepted().provider(),
                campaign == null ? null : new Campaign(call.key().account(), campaign),
                state.rank(call));
    }

    private ReservedCall reserve(CallKey key, Instant now) {
        QueuedCall call = (QueuedCall) Objects.requireNonNull(state.calls.get(key));
        pay(asked(call), now);
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
        return state.route(call.key().account(), asked.agent())
                .by(call.accepted().provider())
                .map(agent -> agent.line(asked, lease))
                .orElseGet(() -> Line.asAsked(asked));
    }
}
