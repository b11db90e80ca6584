package linekeeper.persistence;

import linekeeper.application.port.Accounts;
import linekeeper.domain.AccountId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Account;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The accounts.
final class PostgresAccounts implements Accounts {
    private final Database database;
    private final ClaimGate gate;

    PostgresAccounts(Database database, ClaimGate gate) {
        this.database = database;
        this.gate = gate;
    }

    @Override
    public Optional<Account> find(AccountId id) {
        return find(id, "");
    }

    private Optional<Account> find(AccountId id, String lock) {
        Sql find = Sql.of("SELECT * FROM accounts WHERE account_id = :account" + lock);
        return database.queryOne(find.with("account", id.value()), PostgresAccounts::account);
    }

    @Override
    public boolean create(Account account) {
        return database.update(
                        bind(
                                """
                                INSERT INTO accounts (account_id, name, concurrency_limit, weight,
                                                      provider, deduplicate_numbers)
                                VALUES (:account, :name, CAST(:limit AS int), :weight,
                                        CAST(:provider AS text), :deduplicate)
                                ON CONFLICT DO NOTHING
                                """,
                                account))
                == 1;
    }

    @Override
    public Optional<Account> update(AccountId id, UnaryOperator<Account> update) {
        return database.inTransaction(
                () -> find(id, " FOR NO KEY UPDATE").map(update).map(this::store));
    }

    /// A limit does not change while slots are given out by it ([ClaimGate#keepShut]).
    private Account store(Account account) {
        database.update(
                bind(
                        """
                        UPDATE accounts SET name = :name, concurrency_limit = CAST(:limit AS int),
                                            weight = :weight, provider = CAST(:provider AS text),
                                            deduplicate_numbers = :deduplicate
                        WHERE account_id = :account
                        """,
                        account));
        gate.keepShut();
        return account;
    }

    @Override
    public List<Account> list(String after, int most) {
        Sql list =
                Sql.of(
                                """
                                SELECT * FROM accounts WHERE account_id > :after
                                ORDER BY account_id LIMIT :most
                                """)
                        .with("after", after)
                        .with("most", most);
        return database.query(list, PostgresAccounts::account);
    }

    private static Sql bind(String text, Account account) {
        ProviderName provider = account.provider();
        return Sql.of(text)
                .with("account", account.id().value())
                .with("name", account.name())
                .with("limit", account.concurrencyLimit())
                .with("weight", account.weight())
                .with("deduplicate", account.deduplicateNumbers())
                .with("provider", provider == null ? null : provider.value());
    }

    private static Account account(Row row) {
        return new Account(
                new AccountId(row.text("account_id")),
                row.text("name"),
                limit(row),
                row.integer("weight"),
                provider(row),
                row.flag("deduplicate_numbers"));
    }

    private static @Nullable Integer limit(Row row) {
        Long limit = row.numberOrNull("concurrency_limit");
        return limit == null ? null : limit.intValue();
    }

    private static @Nullable ProviderName provider(Row row) {
        String provider = row.textOrNull("provider");
        return provider == null ? null : new ProviderName(provider);
    }
}
