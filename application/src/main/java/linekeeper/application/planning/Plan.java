package linekeeper.application.planning;

import linekeeper.domain.AccountId;
import linekeeper.domain.account.Account;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.RetryPolicy;
import linekeeper.domain.campaign.CallingWindow;
import linekeeper.domain.campaign.Campaign;
import linekeeper.domain.queue.Rate;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What is to be simulated.
///
/// @param start when it begins
/// @param horizon it ends when every call has, or after this
/// @param warmUp what is accepted before this is left out of the waits
public record Plan(
        long seed,
        Instant start,
        Duration horizon,
        Duration warmUp,
        Capacity capacity,
        List<Account> accounts,
        List<OwnCampaign> campaigns,
        List<Traffic> traffic,
        List<LimitChange> changes,
        People people,
        RetryPolicy retries) {
    public Plan {
        accounts = List.copyOf(accounts);
        campaigns = List.copyOf(campaigns);
        traffic = List.copyOf(traffic);
        changes = List.copyOf(changes);
    }

    /// The same plan under another seed.
    public Plan seeded(long other) {
        return new Plan(
                other, start, horizon, warmUp, capacity, accounts, campaigns, traffic, changes,
                people, retries);
    }

    /// @param provider calls live at once through the provider; null: no limit of its own
    /// @param pace calls given out per second; null: not paced
    public record Capacity(
            int system, int account, @Nullable Integer provider, @Nullable Rate pace) {
        Limits limits() {
            return new Limits(
                    system,
                    account,
                    provider == null ? Map.of() : Map.of(ModelledProvider.NAME, provider),
                    pace == null ? Map.of() : Map.of(ModelledProvider.NAME, pace));
        }
    }

    /// @param window when its people may be called; null: at any time
    public record OwnCampaign(
            AccountId account, Campaign campaign, @Nullable CallingWindow window) {}

    /// An account's limit is another from then on.
    public record LimitChange(AccountId account, Duration after, int limit) {}
}
