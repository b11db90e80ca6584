package linekeeper.persistence;

import linekeeper.application.port.ApiKeys;
import linekeeper.domain.AccountId;

import java.util.Optional;

/// API keys, by their hash.
final class PostgresApiKeys implements ApiKeys {
    private final Database database;

    PostgresApiKeys(Database database) {
        this.database = database;
    }

    @Override
    public void add(StoredKey key) {
        database.update(
                Sql.of(
                                """
                                INSERT INTO api_keys (account_id, key_id, hash, admin, created_at)
                                VALUES (:account, :key, :hash, :admin, :created)
                                """)
                        .with("account", key.account().value())
                        .with("key", key.keyId())
                        .with("hash", key.hash())
                        .with("admin", key.admin())
                        .with("created", key.createdAt()));
    }

    @Override
    public Optional<StoredKey> find(String hash) {
        Sql find = Sql.of("SELECT * FROM api_keys WHERE hash = :hash").with("hash", hash);
        return database.queryOne(
                find,
                row ->
                        new StoredKey(
                                new AccountId(row.text("account_id")),
                                row.text("key_id"),
                                row.text("hash"),
                                row.flag("admin"),
                                row.instant("created_at")));
    }

    @Override
    public boolean any() {
        Sql any = Sql.of("SELECT EXISTS (SELECT FROM api_keys) AS found");
        return database.queryOne(any, row -> row.flag("found")).orElseThrow();
    }

    @Override
    public boolean revoke(AccountId account, String keyId) {
        return database.update(
                        Sql.of(
                                        """
                                        DELETE FROM api_keys
                                        WHERE account_id = :account AND key_id = :key
                                        """)
                                .with("account", account.value())
                                .with("key", keyId))
                == 1;
    }
}
