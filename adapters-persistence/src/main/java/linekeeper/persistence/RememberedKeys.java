package linekeeper.persistence;

import linekeeper.application.port.ApiKeys;
import linekeeper.domain.AccountId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Keys that were found a moment ago: every request brings one, and a busy backend brings the same one
/// hundreds of times a second. A key that is revoked is forgotten within a tenth of a second, wherever
/// that was done; on this node at once, unless it was just being looked for. What is not there is asked
/// for every time. Thread-safe.
final class RememberedKeys implements ApiKeys {
    private static final Duration FRESH = Duration.ofMillis(100);
    private static final int MOST = 10_000;

    private final ApiKeys stored;
    private final InstantSource clock;
    private final Map<String, Found> found = new BoundedMap<>(MOST);

    RememberedKeys(ApiKeys stored, InstantSource clock) {
        this.stored = stored;
        this.clock = clock;
    }

    @Override
    public void add(StoredKey key) {
        stored.add(key);
    }

    @Override
    public Optional<StoredKey> find(String hash) {
        Instant now = clock.instant();
        Found known = known(hash);
        if (known != null && known.isFresh(now)) {
            return Optional.of(known.key);
        }
        Optional<StoredKey> key = stored.find(hash);
        synchronized (found) {
            key.ifPresentOrElse(
                    one -> found.put(hash, new Found(one, now)), () -> found.remove(hash));
        }
        return key;
    }

    private @Nullable Found known(String hash) {
        synchronized (found) {
            return found.get(hash);
        }
    }

    @Override
    public boolean any() {
        return stored.any();
    }

    @Override
    public boolean revoke(AccountId account, String keyId) {
        boolean revoked = stored.revoke(account, keyId);
        synchronized (found) {
            found.values().removeIf(one -> one.key.keyId().equals(keyId));
        }
        return revoked;
    }

    private record Found(StoredKey key, Instant at) {
        /// Not if the clock was put back, or it would count until the clock has caught up.
        boolean isFresh(Instant now) {
            return !now.isBefore(at) && now.isBefore(at.plus(FRESH));
        }
    }
}
