package linekeeper.telephony.twilio;

import com.twilio.security.RequestValidator;

import linekeeper.application.port.WebhookReader.Posted;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// Whether Twilio sent a webhook, by Twilio's own validator. Thread-safe.
final class TwilioSignature {
    private static final String HEADER = "x-twilio-signature";

    private final @Nullable RequestValidator validator;

    /// @param account null: nothing is believed
    TwilioSignature(@Nullable TwilioAccount account) {
        this.validator = account == null ? null : new RequestValidator(account.authToken());
    }

    /// Empty: it is Twilio's; else why it cannot be believed.
    Optional<String> objection(Posted posted, Map<String, String> form) {
        if (validator == null) {
            return Optional.of("Twilio is not configured");
        }
        String signature = posted.header(HEADER).orElse(null);
        if (signature == null) {
            return Optional.of("X-Twilio-Signature is missing");
        }
        return genuine(validator, posted.url(), form, signature)
                ? Optional.empty()
                : Optional.of("X-Twilio-Signature is wrong");
    }

    private static boolean genuine(
            RequestValidator validator, URI url, Map<String, String> form, String signature) {
        return validator.validate(url.toString(), form, signature);
    }
}
