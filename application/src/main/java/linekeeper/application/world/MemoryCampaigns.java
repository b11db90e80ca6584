package linekeeper.application.world;

import linekeeper.application.port.Campaigns;
import linekeeper.domain.AccountId;
import linekeeper.domain.CampaignId;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.campaign.Campaign;
import linekeeper.domain.queue.Places;
import linekeeper.domain.queue.Rate;
import linekeeper.domain.queue.TokenBucket;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The campaigns in memory.
final class MemoryCampaigns implements Campaigns {
    private final MemoryState state;

    MemoryCampaigns(MemoryState state) {
        this.state = state;
    }

    @Override
    public Optional<Campaign> find(AccountId account, CampaignId id) {
        synchronized (state) {
            return Optional.ofNullable(state.campaign(account, id));
        }
    }

    @Override
    public boolean put(AccountId account, Campaign campaign, Instant now) {
        synchronized (state) {
            boolean known = state.accounts.containsKey(account);
            if (known) {
                state.campaigns(account).put(campaign.id().value(), campaign);
                pace(new Places.Campaign(account, campaign.id()), campaign.callsPerSecond());
            }
            return known;
        }
    }

    private void pace(Places.Campaign campaign, @Nullable BigDecimal callsPerSecond) {
        if (callsPerSecond == null) {
            state.campaignBuckets.remove(campaign);
            return;
        }
        Rate rate = new Rate(callsPerSecond);
        state.campaignBuckets.merge(
                campaign,
                TokenBucket.full(rate),
                (before, full) -> new TokenBucket(rate, before.paidUntil()));
    }

    @Override
    public List<Campaign> list(AccountId account, String after, int most) {
        synchronized (state) {
            return new TreeMap<>(state.campaigns(account))
                    .tailMap(after, false).values().stream().limit(most).toList();
        }
    }

    @Override
    public Map<CallStatus, Integer> counts(AccountId account, CampaignId id) {
        synchronized (state) {
            Map<CallStatus, Integer> counts = new EnumMap<>(CallStatus.class);
            state.calls.values().stream()
                    .filter(call -> call.key().account().equals(account))
                    .filter(call -> id.equals(call.accepted().request().grouping().campaign()))
                    .map(Call::status)
                    .forEach(status -> counts.merge(status, 1, Integer::sum));
            return counts;
        }
    }
}
