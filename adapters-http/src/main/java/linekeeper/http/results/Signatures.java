package linekeeper.http.results;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;

import linekeeper.domain.notice.WebhookSecret;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// Signs a message as Standard Webhooks has it: one signature per secret that is valid.
final class Signatures {
    private Signatures() {}

    static String of(List<WebhookSecret> secrets, String id, Instant at, String body) {
        return secrets.stream()
                .map(secret -> signed(secret, id, at.getEpochSecond(), body))
                .collect(Collectors.joining(" "));
    }

    private static String signed(WebhookSecret secret, String id, long at, String body) {
        try {
            return new Webhook(secret.value()).sign(id, at, body);
        } catch (WebhookSigningException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }
}
