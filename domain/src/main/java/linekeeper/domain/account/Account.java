package linekeeper.domain.account;

import linekeeper.domain.AccountId;
import linekeeper.domain.InvalidValue;
import linekeeper.domain.ProviderName;

import org.jspecify.annotations.Nullable;

/// An account as its administrator set it up.
///
/// @param name for people; up to 200 characters
/// @param concurrencyLimit calls live at once, 0 (nothing is dialed) to 100 000; null: the service's
///     default for accounts (D8)
/// @param weight its share when accounts compete for the system's slots, 1 to 1000
/// @param provider who dials its calls; null: the service's default provider
/// @param deduplicateNumbers refuse a call to a number that another call is under way to (E4)
public record Account(
        AccountId id,
        String name,
        @Nullable Integer concurrencyLimit,
        int weight,
        @Nullable ProviderName provider,
        boolean deduplicateNumbers) {
    private static final int MAX_LIMIT = 100_000;
    private static final int MAX_WEIGHT = 1_000;
    private static final int MAX_NAME = 200;

    /// An account that calls a number as often as it is asked to.
    public Account(
            AccountId id,
            String name,
            @Nullable Integer concurrencyLimit,
            int weight,
            @Nullable ProviderName provider) {
        this(id, name, concurrencyLimit, weight, provider, false);
    }

    public Account {
        if (name.length() > MAX_NAME) {
            throw new InvalidValue("name", "must be at most " + MAX_NAME + " characters");
        }
        if (concurrencyLimit != null && outside(concurrencyLimit, 0, MAX_LIMIT)) {
            throw new InvalidValue("concurrency_limit", "must be 0 to " + MAX_LIMIT);
        }
        if (outside(weight, 1, MAX_WEIGHT)) {
            throw new InvalidValue("weight", "must be 1 to " + MAX_WEIGHT);
        }
    }

    /// An account with every setting at its default.
    public static Account named(AccountId id) {
        return new Account(id, id.value(), null, 1, null);
    }

    public Account withConcurrencyLimit(int limit) {
        return new Account(id, name, limit, weight, provider, deduplicateNumbers);
    }

    public Account withDeduplicatedNumbers() {
        return new Account(id, name, concurrencyLimit, weight, provider, true);
    }

    /// How many of its calls may be live at once.
    public int limitOr(int serviceDefault) {
        return concurrencyLimit == null ? serviceDefault : concurrencyLimit;
    }

    private static boolean outside(int value, int low, int high) {
        return value < low || value > high;
    }
}
