package linekeeper.telephony.twilio;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;

/// How Twilio is reached and what is asked of it.
///
/// @param url base of the API, as in `https://api.twilio.com`
/// @param account null: nothing can be dialed, and no webhook is believed
/// @param defaults of calls whose agent says nothing else
/// @param publicUrl under which Twilio reaches us, without a slash at its end
/// @param listedAfter reserved that long ago, a call that Twilio has is surely in its lists
public record TwilioSettings(
        URI url,
        @Nullable TwilioAccount account,
        Defaults defaults,
        String publicUrl,
        Duration listedAfter) {
    public static final URI DEFAULT_URL = URI.create("https://api.twilio.com");

    /// @param from number that shows; null: a call must name one
    /// @param voiceUrl answers with the TwiML of the conversation; null: a call must name an agent
    /// @param record whether Twilio records every call
    public record Defaults(
            @Nullable String from,
            @Nullable URI voiceUrl,
            MachineDetection machineDetection,
            boolean record) {
        public static final Defaults NONE = new Defaults(null, null, MachineDetection.OFF, false);
    }
}
