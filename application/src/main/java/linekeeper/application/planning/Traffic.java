package linekeeper.application.planning;

import linekeeper.domain.AccountId;
import linekeeper.domain.CampaignId;

import org.jspecify.annotations.Nullable;

/// Calls of one kind.
///
/// @param campaign null: direct calls
/// @param priority null: as usual for the kind
/// @param maxAttempts null: as its campaign says, else one
public record Traffic(
        AccountId account,
        @Nullable CampaignId campaign,
        Arrivals arrivals,
        @Nullable Integer priority,
        @Nullable Integer maxAttempts) {
    public static Traffic direct(AccountId account, Arrivals arrivals) {
        return new Traffic(account, null, arrivals, null, null);
    }

    public static Traffic of(AccountId account, CampaignId campaign, Arrivals arrivals) {
        return new Traffic(account, campaign, arrivals, null, null);
    }
}
