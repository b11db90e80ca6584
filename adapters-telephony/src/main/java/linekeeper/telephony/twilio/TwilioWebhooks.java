package linekeeper.telephony.twilio;

import linekeeper.application.port.WebhookReader;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What Twilio posts to us: forms, signed together with the URL, our ids in the URL's query.
/// Thread-safe.
public final class TwilioWebhooks {
    private final TwilioSignature signature;

    /// @param account null: nothing is believed
    public TwilioWebhooks(@Nullable TwilioAccount account) {
        this.signature = new TwilioSignature(account);
    }

    /// Of a call's course.
    public WebhookReader status() {
        return (posted, now) -> read(posted, TwilioCallback::status);
    }

    /// Of who answered, when Twilio has made up its mind.
    public WebhookReader machineDetection() {
        return (posted, now) -> read(posted, TwilioCallback::machineDetection);
    }

    /// Of a recording, mostly after the call's end.
    public WebhookReader recording() {
        return (posted, now) -> read(posted, TwilioCallback::recording);
    }

    private WebhookReader.Reading read(WebhookReader.Posted posted, Understanding understanding) {
        Map<String, String> form =
                Form.read(new String(posted.body(), StandardCharsets.UTF_8)).orElse(Map.of());
        return signature
                .objection(posted, form)
                .<WebhookReader.Reading>map(WebhookReader.Forged::new)
                .orElseGet(
                        () -> understanding.of(new TwilioCallback(form, OurIds.of(posted.url()))));
    }

    /// What one kind of callback says.
    @FunctionalInterface
    private interface Understanding {
        WebhookReader.Reading of(TwilioCallback callback);
    }
}
