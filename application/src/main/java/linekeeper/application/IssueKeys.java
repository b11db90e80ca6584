package linekeeper.application;

import linekeeper.application.port.Accounts;
import linekeeper.application.port.ApiKeys;
import linekeeper.application.port.ApiKeys.StoredKey;
import linekeeper.domain.AccountId;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Makes API keys: 256 random bits, shown once, kept as a hash only (I3). Thread-safe if `random` is.
public final class IssueKeys {
    private static final int SECRET_BYTES = 32;
    private static final int ID_BYTES = 6;

    private final Accounts accounts;
    private final ApiKeys keys;
    private final RandomGenerator random;
    private final InstantSource clock;

    /// @param random cryptographically strong
    public IssueKeys(Accounts accounts, ApiKeys keys, RandomGenerator random, InstantSource clock) {
        this.accounts = accounts;
        this.keys = keys;
        this.random = random;
        this.clock = clock;
    }

    /// Empty: there is no such account.
    ///
    /// @param admin the key may act for every account
    public Optional<IssuedKey> issue(AccountId account, boolean admin) {
        return accounts.find(account).map(found -> issued(account, admin));
    }

    private IssuedKey issued(AccountId account, boolean admin) {
        String secret =
                "lk_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(SECRET_BYTES));
        String keyId = "key_" + HexFormat.of().formatHex(bytes(ID_BYTES));
        keys.add(new StoredKey(account, keyId, hash(secret), admin, clock.instant()));
        return new IssuedKey(keyId, secret);
    }

    /// How a presented key is looked up. A plain hash will do: nobody guesses 256 random bits.
    public static String hash(String secret) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /// @param secret the key itself; keep it out of logs
    public record IssuedKey(String keyId, String secret) {
        @Override
        public String toString() {
            return "IssuedKey[" + keyId + ", ***]";
        }
    }
}
