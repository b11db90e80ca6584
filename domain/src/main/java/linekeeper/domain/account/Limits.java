package linekeeper.domain.account;

import linekeeper.domain.InvalidValue;
import linekeeper.domain.ProviderName;
import linekeeper.domain.queue.Rate;

import java.util.Map;

/// The service-wide limits on concurrency (D8) and pace (F4); accounts and campaigns carry their own.
///
/// @param system calls live at once in all
/// @param account the limit of an account that has none of its own
/// @param providers calls live at once per provider connection; a provider not named has no limit
/// @param rates calls given out per second per provider connection, on all nodes together; a provider
///     not named is not paced
public record Limits(
        int system,
        int account,
        Map<ProviderName, Integer> providers,
        Map<ProviderName, Rate> rates) {
    public Limits {
        if (system < 0 || account < 0) {
            throw new InvalidValue("limit", "must not be negative");
        }
        providers = Map.copyOf(providers);
        rates = Map.copyOf(rates);
    }

    /// Nobody is paced.
    public Limits(int system, int account, Map<ProviderName, Integer> providers) {
        this(system, account, providers, Map.of());
    }

    /// Limits of the system and its accounts only.
    public static Limits of(int system, int account) {
        return new Limits(system, account, Map.of());
    }

    public int provider(ProviderName provider) {
        return providers.getOrDefault(provider, Integer.MAX_VALUE);
    }
}
