package linekeeper.domain.campaign;

import linekeeper.domain.AgentId;
import linekeeper.domain.CampaignId;
import linekeeper.domain.InvalidValue;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;

/// A campaign as its account set it up; every part but the id may be missing.
///
/// @param name for people; up to 200 characters
/// @param agent who speaks in calls that name nobody
/// @param concurrencyLimit calls live at once, 0 (nothing is dialed) to 100 000; null: no limit of its
///     own (D8)
/// @param callsPerSecond dials of this campaign per second, above 0 to 1000; null: no pace of its own
///     (F4)
public record Campaign(
        CampaignId id,
        @Nullable String name,
        @Nullable AgentId agent,
        @Nullable Integer concurrencyLimit,
        @Nullable BigDecimal callsPerSecond,
        CampaignRetries retries) {
    private static final int MAX_NAME = 200;
    private static final int MAX_LIMIT = 100_000;
    private static final BigDecimal MAX_PACE = BigDecimal.valueOf(1_000);
    private static final int MAX_DECIMALS = 3;

    public Campaign {
        if (name != null && name.length() > MAX_NAME) {
            throw new InvalidValue("name", "must be at most " + MAX_NAME + " characters");
        }
        if (concurrencyLimit != null && (concurrencyLimit < 0 || concurrencyLimit > MAX_LIMIT)) {
            throw new InvalidValue("concurrency_limit", "must be 0 to " + MAX_LIMIT);
        }
        callsPerSecond = callsPerSecond == null ? null : pace(callsPerSecond);
    }

    /// A campaign that a call named first: every setting at its default.
    public static Campaign named(CampaignId id) {
        return new Campaign(id, null, null, null, null, CampaignRetries.NONE);
    }

    public Campaign withConcurrencyLimit(int limit) {
        return new Campaign(id, name, agent, limit, callsPerSecond, retries);
    }

    private static BigDecimal pace(BigDecimal callsPerSecond) {
        BigDecimal plain = callsPerSecond.stripTrailingZeros();
        boolean fits =
                plain.signum() > 0
                        && plain.compareTo(MAX_PACE) <= 0
                        && plain.scale() <= MAX_DECIMALS;
        if (!fits) {
            throw new InvalidValue(
                    "calls_per_second",
                    "must be 0.001 to " + MAX_PACE + ", three decimals at most");
        }
        return plain.setScale(Math.max(0, plain.scale()));
    }
}
