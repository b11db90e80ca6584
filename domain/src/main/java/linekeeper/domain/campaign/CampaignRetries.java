package linekeeper.domain.campaign;

import linekeeper.domain.InvalidValue;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.RetryPolicy;

import org.jspecify.annotations.Nullable;

/// How a campaign's calls are tried again (F3).
///
/// @param maxAttempts of calls that do not say themselves, 1 to 10; null: one
/// @param policy in place of the service's; null: the service's
public record CampaignRetries(@Nullable Integer maxAttempts, @Nullable RetryPolicy policy) {
    /// Nothing of its own.
    public static final CampaignRetries NONE = new CampaignRetries(null, null);

    public CampaignRetries {
        int most = CallRequest.MAX_ATTEMPTS;
        if (maxAttempts != null && (maxAttempts < 1 || maxAttempts > most)) {
            throw new InvalidValue("retry.max_attempts", "must be 1 to " + most);
        }
    }
}
