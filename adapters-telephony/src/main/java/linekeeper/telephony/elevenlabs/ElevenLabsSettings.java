package linekeeper.telephony.elevenlabs;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/// How ElevenLabs is reached.
///
/// @param url base of the API, as in `https://api.elevenlabs.io` or a region's
/// @param apiKey null: none is sent, which only a fake accepts
/// @param agent for calls that name none
/// @param phoneNumberId ElevenLabs' id of the number that shows, for calls that name none
/// @param webhookSecrets of which any may have signed a webhook, so that they can be rotated; empty: no
///     webhook is believed
/// @param listedWithin so long after its dial a conversation may be missing from the lists; longer
///     missing, it does not exist
public record ElevenLabsSettings(
        URI url,
        @Nullable String apiKey,
        @Nullable String agent,
        @Nullable String phoneNumberId,
        Trunk trunk,
        List<String> webhookSecrets,
        Duration listedWithin) {
    public static final URI DEFAULT_URL = URI.create("https://api.elevenlabs.io");

    public ElevenLabsSettings {
        webhookSecrets = List.copyOf(webhookSecrets);
        if (webhookSecrets.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("a webhook secret must not be empty");
        }
        if (listedWithin.isNegative()) {
            throw new IllegalArgumentException("listedWithin must not be negative");
        }
    }

    /// Without the key and the secrets.
    @Override
    public String toString() {
        return "ElevenLabsSettings[" + url + ", " + trunk + ", agent " + agent + "]";
    }
}
