package linekeeper.persistence;

import linekeeper.domain.AccountId;
import linekeeper.domain.CallKey;
import linekeeper.domain.CampaignId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.CallType;
import linekeeper.domain.queue.Places;
import linekeeper.domain.queue.Places.Campaign;
import linekeeper.domain.queue.Places.Due;
import linekeeper.domain.queue.QueueOrder.Rank;
import linekeeper.domain.queue.Rate;
import linekeeper.domain.queue.TokenBucket;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// What one claim read: the calls that could get a slot, what is free for them, and the buckets that
/// pace them. Not thread-safe.
final class ClaimLanes {
    private final Limits limits;
    private final int most;
    private final Instant now;
    private final List<Due> due = new ArrayList<>();
    private final Map<CallKey, String> foundAt = new HashMap<>();
    private final Set<Campaign> campaigns = new HashSet<>();
    private final Map<ProviderName, TokenBucket> providerBuckets = new HashMap<>();
    private final Map<Campaign, TokenBucket> campaignBuckets = new HashMap<>();
    private final List<Paid> paid = new ArrayList<>();
    private @Nullable Places places;
    private @Nullable Long systemUnused;

    ClaimLanes(Limits limits, int most, Instant now) {
        this.limits = limits;
        this.most = most;
        this.now = now;
    }

    /// A row of [ClaimSql#CANDIDATES]; false: it tells of nothing that could get a slot.
    boolean add(Row row) {
        if (row.numberOrNull("account_free") == null) {
            return false;
        }
        AccountId account = new AccountId(row.text("account_id"));
        ProviderName provider = new ProviderName(row.text("provider"));
        String id = row.text("campaign_id");
        Campaign campaign = id.isEmpty() ? null : new Campaign(account, new CampaignId(id));
        systemUnused = limits.system() - row.number("system_used");
        Places free = places(systemUnused);
        free.account(account, row.integer("account_free"));
        free.provider(provider, row.integer("provider_free"));
        keepBucket(provider, row);
        if (campaign != null && campaigns.add(campaign)) {
            free.campaign(campaign, row.integer("campaign_free"));
            keepBucket(campaign, row);
        }
        if (row.textOrNull("call_id") != null) {
            CallKey key = CallRows.key(row);
            due.add(new Due(key, provider, campaign, rank(row, campaign)));
            foundAt.put(key, row.text("found_at"));
        }
        return true;
    }

    private Places places(long systemUnused) {
        if (places == null) {
            places = new Places(Math.toIntExact(Math.min(most, systemUnused)));
        }
        return places;
    }

    private void keepBucket(ProviderName provider, Row row) {
        Rate rate = limits.rates().get(provider);
        if (rate != null) {
            providerBuckets.put(provider, bucket(rate, row.instantOrNull("provider_paid_until")));
        }
    }

    private void keepBucket(Campaign campaign, Row row) {
        BigDecimal rate = row.decimalOrNull("calls_per_second");
        if (rate != null) {
            Instant until = row.instantOrNull("campaign_paid_until");
            campaignBuckets.put(campaign, bucket(new Rate(rate), until));
        }
    }

    private static TokenBucket bucket(Rate rate, @Nullable Instant paidUntil) {
        return paidUntil == null ? TokenBucket.full(rate) : new TokenBucket(rate, paidUntil);
    }

    private static Rank rank(Row row, @Nullable Campaign campaign) {
        return new Rank(
                campaign == null ? CallType.DIRECT : CallType.CAMPAIGN,
                row.integer("priority"),
                row.instant("due_at"),
                row.number("ticket"));
    }

    /// The calls that get slots, in the order in which they get them; their tokens are paid then.
    List<Due> choose(Claims.Choice choice) {
        List<Due> chosen = places == null ? List.of() : choice.of(places, due);
        providerBuckets.replaceAll(
                (provider, bucket) -> pay("", provider.value(), bucket, count(chosen, provider)));
        campaignBuckets.replaceAll(
                (campaign, bucket) ->
                        pay(
                                campaign.account().value(),
                                campaign.campaign().value(),
                                bucket,
                                count(chosen, campaign)));
        return chosen;
    }

    private TokenBucket pay(String account, String name, TokenBucket bucket, int calls) {
        if (calls == 0) {
            return bucket;
        }
        TokenBucket next = bucket.take(calls, now);
        paid.add(new Paid(account, name, next));
        return next;
    }

    private static int count(List<Due> chosen, Object whose) {
        return (int)
                chosen.stream()
                        .filter(
                                call ->
                                        whose.equals(call.provider())
                                                || Objects.equals(whose, call.campaign()))
                        .count();
    }

    /// Where the call's row in the queue is, for as long as it is locked.
    String foundAt(CallKey call) {
        return Objects.requireNonNull(foundAt.get(call));
    }

    /// How many slots of the system's nobody had when the lanes were read; null: no lane was.
    @Nullable Long systemUnused() {
        return systemUnused;
    }

    /// The buckets that were paid from.
    List<Paid> paid() {
        return paid;
    }

    /// When the first of the empty buckets has a token again; null: none is empty.
    @Nullable Instant nextToken() {
        return Stream.concat(providerBuckets.values().stream(), campaignBuckets.values().stream())
                .filter(bucket -> bucket.tokens(now) == 0)
                .map(TokenBucket::nextAt)
                .min(Instant::compareTo)
                .orElse(null);
    }

    /// @param account empty: a provider's
    record Paid(String account, String name, TokenBucket bucket) {}
}
