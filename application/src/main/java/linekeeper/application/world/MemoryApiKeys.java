package linekeeper.application.world;

import linekeeper.application.port.ApiKeys;
import linekeeper.domain.AccountId;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// API keys in memory. Thread-safe.
final class MemoryApiKeys implements ApiKeys {
    private final Map<String, StoredKey> byHash = new HashMap<>();

    @Override
    public synchronized void add(StoredKey key) {
        byHash.put(key.hash(), key);
    }

    @Override
    public synchronized Optional<StoredKey> find(String hash) {
        return Optional.ofNullable(byHash.get(hash));
    }

    @Override
    public synchronized boolean any() {
        return !byHash.isEmpty();
    }

    @Override
    public synchronized boolean revoke(AccountId account, String keyId) {
        return byHash.values()
                .removeIf(key -> key.account().equals(account) && key.keyId().equals(keyId));
    }
}
