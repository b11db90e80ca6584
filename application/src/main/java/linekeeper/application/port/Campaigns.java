package linekeeper.application.port;

import linekeeper.domain.AccountId;
import linekeeper.domain.CampaignId;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.campaign.Campaign;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The campaigns. A call that names an unknown one creates it, everything at its default.
public interface Campaigns {
    Optional<Campaign> find(AccountId account, CampaignId id);

    /// Creates or replaces it. False: there is no such account.
    boolean put(AccountId account, Campaign campaign, Instant now);

    /// In the order of their ids, after `after`, at most `most`.
    List<Campaign> list(AccountId account, String after, int most);

    /// How many of its calls have each status; those that none has are left out. Reads every call of
    /// the campaign.
    Map<CallStatus, Integer> counts(AccountId account, CampaignId id);
}
