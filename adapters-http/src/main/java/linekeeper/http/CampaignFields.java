package linekeeper.http;

import linekeeper.domain.AgentId;
import linekeeper.domain.CampaignId;
import linekeeper.domain.InvalidValue;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.RetryPolicy;
import linekeeper.domain.campaign.Campaign;
import linekeeper.domain.campaign.CampaignRetries;
import linekeeper.domain.queue.Backoff;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A campaign as sent; what is left out is at its default. Rules that this release does not keep are
/// refused: a campaign whose window was ignored would call people at night.
record CampaignFields(
        @Nullable String name,
        @Nullable AgentId agent,
        @Nullable Integer concurrencyLimit,
        @Nullable BigDecimal callsPerSecond,
        @Nullable Integer maxAttempts,
        @Nullable RetryPolicy policy) {
    private static final List<String> NOT_YET = List.of("window", "starts_at", "ends_at");

    static CampaignFields read(Fields fields) {
        for (String field : NOT_YET) {
            if (fields.has(field)) {
                fields.wrong(field, "is not supported yet: calls would be made at any time");
            }
        }
        Fields retry = fields.nested("retry");
        return new CampaignFields(
                fields.text("name"),
                fields.value(AgentId::new, "agent_id", "agentId"),
                fields.integer("concurrency_limit"),
                fields.decimal("calls_per_second"),
                retry == null ? null : retry.integer("max_attempts"),
                retry == null ? null : policy(retry.nested("on")));
    }

    private static @Nullable RetryPolicy policy(@Nullable Fields on) {
        if (on == null) {
            return null;
        }
        Map<CallStatus, Backoff> delays = new EnumMap<>(CallStatus.class);
        for (String outcome : on.names()) {
            Fields rule = on.nested(outcome);
            Backoff delay = rule == null ? null : delay(rule);
            CallStatus status = CallStatus.named(outcome).orElse(null);
            if (status == null || !RetryPolicy.OUTCOMES.contains(status)) {
                on.wrong(outcome, "must be busy, no_answer, voicemail or failed");
            } else if (delay != null) {
                delays.put(status, delay);
            }
        }
        return new RetryPolicy(delays);
    }

    private static @Nullable Backoff delay(Fields rule) {
        if (!rule.has("delay")) {
            rule.wrong("delay", "is required");
        }
        Duration first = rule.value(CampaignFields::delay, "delay");
        Duration longest = rule.value(CampaignFields::delay, "max_delay");
        if (first == null || (longest == null && rule.has("max_delay"))) {
            return null;
        }
        if (longest != null && longest.compareTo(first) < 0) {
            rule.wrong("max_delay", "must not be shorter than delay");
            return null;
        }
        return longest == null ? RetryPolicy.doubling(first) : new Backoff(first, longest);
    }

    private static Duration delay(String text) {
        try {
            Duration delay = Duration.parse(text);
            if (delay.compareTo(RetryPolicy.SHORTEST) >= 0
                    && delay.compareTo(RetryPolicy.LONGEST) <= 0) {
                return delay;
            }
        } catch (DateTimeParseException e) {
            // The rule says it better than the parser.
        }
        throw new InvalidValue("delay", "must be an ISO-8601 duration from PT1S to P30D");
    }

    /// Only once nothing was found wrong with the fields.
    Campaign campaign(CampaignId id) {
        return new Campaign(
                id,
                name,
                agent,
                concurrencyLimit,
                callsPerSecond,
                new CampaignRetries(maxAttempts, policy));
    }
}
