package linekeeper.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.ApiKeys;
import linekeeper.application.port.ApiKeys.StoredKey;
import linekeeper.application.world.MemoryStores;
import linekeeper.domain.AccountId;
import linekeeper.domain.account.Limits;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

/// A key is remembered for a moment, and one that was revoked for no longer (I3).
final class RememberedKeysTest {
    private static final StoredKey KEY =
            new StoredKey(AccountId.DEFAULT, "k1", "hash", false, Instant.EPOCH);

    private final ApiKeys stored = new MemoryStores(Limits.of(1, 1)).apiKeys();
    private Instant now = Instant.EPOCH;
    private final ApiKeys keys = new RememberedKeys(stored, () -> now);

    @Test
    void forgetsAKeyThatIsRevokedHereAtOnce() {
        keys.add(KEY);
        assertThat(keys.find("hash")).contains(KEY);

        assertThat(keys.revoke(KEY.account(), KEY.keyId())).isTrue();

        assertThat(keys.find("hash")).isEmpty();
    }

    @Test
    void forgetsAKeyThatIsRevokedElsewhereWithinATenthOfASecond() {
        keys.add(KEY);
        assertThat(keys.find("hash")).contains(KEY);
        stored.revoke(KEY.account(), KEY.keyId());

        now = now.plusMillis(99);
        assertThat(keys.find("hash")).contains(KEY);
        now = now.plusMillis(1);

        assertThat(keys.find("hash")).isEmpty();
    }

    @Test
    void forgetsARevokedKeyAlsoIfTheClockWasPutBack() {
        keys.add(KEY);
        assertThat(keys.find("hash")).contains(KEY);
        stored.revoke(KEY.account(), KEY.keyId());

        now = now.minus(Duration.ofHours(1));

        assertThat(keys.find("hash")).isEmpty();
    }

    @Test
    void findsAKeyThatIsMadeElsewhereAtOnce() {
        assertThat(keys.find("hash")).isEmpty();

        stored.add(KEY);

        assertThat(keys.find("hash")).contains(KEY);
        now = now.plus(Duration.ofDays(1));
        assertThat(keys.find("hash")).contains(KEY);
    }
}
