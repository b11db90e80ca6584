package linekeeper.application.port;

import linekeeper.domain.AccountId;

import java.time.Instant;
import java.util.Optional;

/// API keys, known by their hash only (I3).
public interface ApiKeys {
    void add(StoredKey key);

    /// Who holds the key with this hash.
    Optional<StoredKey> find(String hash);

    /// Whether any key exists at all.
    boolean any();

    /// False: the account has no such key.
    boolean revoke(AccountId account, String keyId);

    /// @param hash SHA-256 of the key, hexadecimal
    /// @param admin may act for every account
    record StoredKey(
            AccountId account, String keyId, String hash, boolean admin, Instant createdAt) {}
}
