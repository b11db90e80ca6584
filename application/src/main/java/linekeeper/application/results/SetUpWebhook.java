package linekeeper.application.results;

import linekeeper.application.port.Wake;
import linekeeper.application.port.Webhooks;
import linekeeper.domain.AccountId;
import linekeeper.domain.notice.NoticeType;
import linekeeper.domain.notice.SigningSecrets;
import linekeeper.domain.notice.Webhook;
import linekeeper.domain.notice.WebhookSecret;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Sets up where an account's backend is told. Thread-safe if `random` is.
public final class SetUpWebhook {
    private static final int SECRET_BYTES = 32;

    private final Webhooks webhooks;
    private final Wake wake;
    private final RandomGenerator random;
    private final InstantSource clock;

    /// @param random cryptographically strong
    SetUpWebhook(Webhooks webhooks, Wake wake, RandomGenerator random, InstantSource clock) {
        this.webhooks = webhooks;
        this.wake = wake;
        this.random = random;
        this.clock = clock;
    }

    /// Creates or changes the account's webhook and puts it to use; its secret stays unless it is to be
    /// rotated.
    public Webhook put(AccountId account, Wish wish) {
        Instant now = clock.instant();
        Webhook webhook =
                webhooks.put(
                        account,
                        current ->
                                current.map(one -> changed(one, wish, now))
                                        .orElseGet(() -> created(account, wish, now)));
        wake.tell(account);
        return webhook;
    }

    public Optional<Webhook> find(AccountId account) {
        return webhooks.find(account);
    }

    /// What is to be told from now on waits for the next webhook, some days long. False: there was none.
    public boolean remove(AccountId account) {
        return webhooks.remove(account);
    }

    private Webhook created(AccountId account, Wish wish, Instant now) {
        SigningSecrets secrets = SigningSecrets.of(secret());
        return new Webhook(account, wish.url, wish.events, secrets, null, now);
    }

    private Webhook changed(Webhook current, Wish wish, Instant now) {
        Webhook pointed = current.pointedTo(wish.url, wish.events);
        return wish.rotate ? pointed.rotated(secret(), now) : pointed;
    }

    private WebhookSecret secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return WebhookSecret.of(bytes);
    }

    /// @param rotate make a new secret; the one before signs for another day
    public record Wish(URI url, Set<NoticeType> events, boolean rotate) {}
}
