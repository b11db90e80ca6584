package linekeeper.telephony.bolna;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;

/// How Bolna is reached.
///
/// @param url base of the API, as in `https://api.bolna.ai`
/// @param apiKey null: none is sent, which only a fake accepts
/// @param agent for calls that name none
/// @param from caller number for calls that name none; null: one of Bolna's pool
/// @param timeout of one request
public record BolnaSettings(
        URI url,
        @Nullable String apiKey,
        @Nullable String agent,
        @Nullable String from,
        Duration timeout) {
    public static final URI DEFAULT_URL = URI.create("https://api.bolna.ai");

    /// Without the key.
    @Override
    public String toString() {
        return "BolnaSettings[" + url + ", agent " + agent + "]";
    }
}
