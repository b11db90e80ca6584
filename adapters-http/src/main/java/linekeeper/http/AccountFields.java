package linekeeper.http;

import linekeeper.application.port.Providers;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Account;

import org.jspecify.annotations.Nullable;

/// An account's settings as sent; null: leave it as it is.
record AccountFields(
        @Nullable String name,
        @Nullable Integer concurrencyLimit,
        @Nullable Integer weight,
        @Nullable ProviderName provider,
        @Nullable Boolean deduplicateNumbers) {

    static AccountFields read(Fields fields, Providers providers) {
        return new AccountFields(
                fields.text("name"),
                fields.integer("concurrency_limit"),
                fields.integer("weight"),
                fields.value(providers::known, "provider"),
                fields.flag("deduplicate_numbers"));
    }

    Account applyTo(Account account) {
        return new Account(
                account.id(),
                name == null ? account.name() : name,
                concurrencyLimit == null ? account.concurrencyLimit() : concurrencyLimit,
                weight == null ? account.weight() : weight,
                provider == null ? account.provider() : provider,
                deduplicateNumbers == null ? account.deduplicateNumbers() : deduplicateNumbers);
    }
}
