package linekeeper.domain.notice;

import java.util.Base64;

/// What a webhook's messages are signed with, `whsec_` and base64. Its text must stay out of logs.
public record WebhookSecret(String value) {
    private static final String PREFIX = "whsec_";

    public WebhookSecret {
        if (!value.startsWith(PREFIX)) {
            throw new IllegalArgumentException("not a webhook secret");
        }
    }

    /// @param bytes 24 or more, unpredictable
    public static WebhookSecret of(byte[] bytes) {
        return new WebhookSecret(PREFIX + Base64.getEncoder().encodeToString(bytes));
    }

    @Override
    public String toString() {
        return PREFIX + "***";
    }
}
