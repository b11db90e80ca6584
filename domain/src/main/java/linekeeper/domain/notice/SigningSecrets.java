package linekeeper.domain.notice;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A webhook's secret and, for a day after a rotation, the one before, so that a receiver can change
/// over without losing a message.
public record SigningSecrets(WebhookSecret current, @Nullable Retired retired) {
    private static final Duration OVERLAP = Duration.ofHours(24);

    public static SigningSecrets of(WebhookSecret secret) {
        return new SigningSecrets(secret, null);
    }

    public SigningSecrets rotated(WebhookSecret fresh, Instant now) {
        return new SigningSecrets(fresh, new Retired(current, now.plus(OVERLAP)));
    }

    /// Those to sign with, the current one first.
    public List<WebhookSecret> valid(Instant now) {
        return retired != null && retired.until.isAfter(now)
                ? List.of(current, retired.secret)
                : List.of(current);
    }

    /// @param until it signs before this
    public record Retired(WebhookSecret secret, Instant until) {}
}
