package linekeeper.http;

import jakarta.json.JsonObject;

import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.RetryPolicy;
import linekeeper.domain.campaign.Campaign;
import linekeeper.domain.campaign.CampaignRetries;
import linekeeper.domain.queue.Backoff;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// A campaign as the API shows it.
final class CampaignJson {
    private CampaignJson() {}

    static JsonObject of(Campaign campaign) {
        return settings(campaign).build();
    }

    /// @param counts its calls by status; what is not in it is none
    static JsonObject of(Campaign campaign, Map<CallStatus, Integer> counts) {
        Members calls = new Members();
        int total = 0;
        for (CallStatus status : CallStatus.values()) {
            int count = counts.getOrDefault(status, 0);
            calls.number(status.wireName(), count);
            total += count;
        }
        return settings(campaign).put("calls", calls.number("total", total).build()).build();
    }

    private static Members settings(Campaign campaign) {
        return new Members()
                .text("campaign_id", campaign.id())
                .text("name", campaign.name())
                .text("agent_id", campaign.agent())
                .number("concurrency_limit", campaign.concurrencyLimit())
                .decimal("calls_per_second", campaign.callsPerSecond())
                .put("retry", retry(campaign.retries()));
    }

    private static @Nullable JsonObject retry(CampaignRetries retries) {
        return retries.equals(CampaignRetries.NONE)
                ? null
                : new Members()
                        .number("max_attempts", retries.maxAttempts())
                        .put("on", on(retries.policy()))
                        .build();
    }

    private static @Nullable JsonObject on(@Nullable RetryPolicy policy) {
        if (policy == null) {
            return null;
        }
        Members on = new Members();
        policy.delays().forEach((outcome, delay) -> on.put(outcome.wireName(), rule(delay)));
        return on.build();
    }

    private static JsonObject rule(Backoff delay) {
        return new Members()
                .text("delay", delay.first())
                .text("max_delay", delay.longest())
                .build();
    }
}
