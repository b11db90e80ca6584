package linekeeper.persistence;

import linekeeper.application.port.ApiKeys;
import linekeeper.domain.AccountId;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// API keys, by their hash. Every request brings one, and those that come at once are looked for together.
final class PostgresApiKeys implements ApiKeys {
    private static final int MOST_AT_ONCE = 200;
    private static final int MOST_WAITING = 10_000;

    private final Database database;
    private final Coalescer<String, Optional<StoredKey>> finding =
            new Coalescer<>(this::findAll, MOST_AT_ONCE, MOST_WAITING);

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
        return finding.write(hash);
    }

    private List<Optional<StoredKey>> findAll(List<String> hashes) {
        Sql find =
                Sql.of("SELECT * FROM api_keys WHERE hash = ANY (CAST(:hashes AS text[]))")
                        .column("hashes", hashes, hash -> hash);
        Map<String, StoredKey> found = new HashMap<>();
        database.query(find, PostgresApiKeys::key).forEach(key -> found.put(key.hash(), key));
        return hashes.stream().map(hash -> Optional.ofNullable(found.get(hash))).toList();
    }

    private static StoredKey key(Row row) {
        return new StoredKey(
                new AccountId(row.text("account_id")),
                row.text("key_id"),
                row.text("hash"),
                row.flag("admin"),
                row.instant("created_at"));
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
