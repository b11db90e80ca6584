package linekeeper.domain.notice;

import linekeeper.domain.AccountId;
import linekeeper.domain.InvalidValue;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Instant;
import java.util.Set;

/// Where an account's backend wants its results.
///
/// @param url http or https with a host, without user info; at most 2000 characters
/// @param events what it wants to be told; at least one
/// @param disabled null: it is in use
public record Webhook(
        AccountId account,
        URI url,
        Set<NoticeType> events,
        SigningSecrets secrets,
        @Nullable Disabled disabled,
        Instant createdAt) {
    private static final int MAX_URL = 2_000;

    public Webhook {
        check(url);
        events = Set.copyOf(events);
        if (events.isEmpty()) {
            throw new InvalidValue("events", "must name at least one event");
        }
    }

    /// Throws [InvalidValue] for a URL that no webhook may have.
    public static void check(URI url) {
        boolean web = "http".equalsIgnoreCase(url.getScheme()) || isHttps(url);
        if (!web || url.getHost() == null || url.getHost().isEmpty()) {
            throw new InvalidValue("url", "must be an http or https URL with a host");
        }
        if (url.getRawUserInfo() != null) {
            throw new InvalidValue("url", "must not contain user info");
        }
        if (url.toString().length() > MAX_URL) {
            throw new InvalidValue("url", "must be at most " + MAX_URL + " characters");
        }
    }

    private static boolean isHttps(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    /// Wanted elsewhere or for other events; in use again if it was disabled.
    public Webhook pointedTo(URI to, Set<NoticeType> wanted) {
        return new Webhook(account, to, wanted, secrets, null, createdAt);
    }

    public Webhook rotated(WebhookSecret fresh, Instant now) {
        return new Webhook(account, url, events, secrets.rotated(fresh, now), disabled, createdAt);
    }

    /// Not used until it is set anew.
    public Webhook disabled(String why, Instant now) {
        return new Webhook(account, url, events, secrets, new Disabled(now, why), createdAt);
    }

    /// Whether a notice of this type is to be sent now.
    public boolean takes(NoticeType type) {
        return disabled == null && events.contains(type);
    }

    public record Disabled(Instant since, String why) {}
}
