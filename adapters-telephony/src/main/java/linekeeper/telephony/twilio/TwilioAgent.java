package linekeeper.telephony.twilio;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/// What speaks on a call: for Twilio, where it gets its TwiML from.
sealed interface TwilioAgent {
    Pattern APPLICATION = Pattern.compile("AP[0-9a-fA-F]{32}");

    /// A TwiML application. Its own callback settings count, ours are ignored by Twilio.
    record Application(String sid) implements TwilioAgent {}

    /// @param url asked for TwiML, with our ids in its query
    record VoiceUrl(String url) implements TwilioAgent {}

    /// Empty: neither the one nor the other.
    static Optional<TwilioAgent> of(String written) {
        if (APPLICATION.matcher(written).matches()) {
            return Optional.of(new Application(written));
        }
        return isUrl(written) ? Optional.of(new VoiceUrl(written)) : Optional.empty();
    }

    private static boolean isUrl(String written) {
        try {
            URI url = URI.create(written);
            boolean http = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            return http && url.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
