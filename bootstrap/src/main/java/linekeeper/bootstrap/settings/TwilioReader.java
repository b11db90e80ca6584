package linekeeper.bootstrap.settings;

import linekeeper.telephony.twilio.MachineDetection;
import linekeeper.telephony.twilio.TwilioAccount;
import linekeeper.telephony.twilio.TwilioSettings;
import linekeeper.telephony.twilio.TwilioSettings.Defaults;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// The settings `LINEKEEPER_TWILIO_…`.
final class TwilioReader {
    private static final String PREFIX = "LINEKEEPER_TWILIO_";

    private final Reader reader;

    private TwilioReader(Reader reader) {
        this.reader = reader;
    }

    /// @param grace after it no dial is under way any more; half as long again, and Twilio's reads have
    ///     caught up with its writes
    static TwilioSettings read(Reader reader, String publicUrl, Duration grace) {
        TwilioReader twilio = new TwilioReader(reader);
        return new TwilioSettings(
                reader.url(PREFIX + "URL", TwilioSettings.DEFAULT_URL),
                twilio.account(),
                twilio.defaults(),
                publicUrl,
                grace.multipliedBy(3).dividedBy(2));
    }

    private @Nullable TwilioAccount account() {
        String sid = reader.text(PREFIX + "ACCOUNTSID");
        String token = reader.text(PREFIX + "AUTHTOKEN");
        if ((sid == null) != (token == null)) {
            reader.complain(PREFIX + "ACCOUNTSID and " + PREFIX + "AUTHTOKEN go together");
        }
        if (sid != null && !sid.matches("AC[0-9a-fA-F]{32}")) {
            reader.complain(PREFIX + "ACCOUNTSID must be AC and 32 hexadecimal digits");
        }
        return sid == null || token == null ? null : new TwilioAccount(sid, token);
    }

    private Defaults defaults() {
        return new Defaults(reader.text(PREFIX + "FROM"), voiceUrl(), machineDetection(), record());
    }

    private @Nullable URI voiceUrl() {
        return reader.text(PREFIX + "VOICEURL") == null
                ? null
                : reader.url(PREFIX + "VOICEURL", TwilioSettings.DEFAULT_URL);
    }

    private MachineDetection machineDetection() {
        String setting = reader.text(PREFIX + "AMD", MachineDetection.OFF.setting());
        Optional<MachineDetection> known = MachineDetection.of(setting);
        if (known.isEmpty()) {
            reader.complain(PREFIX + "AMD must be off, enable or detect_message_end");
        }
        return known.orElse(MachineDetection.OFF);
    }

    private boolean record() {
        String setting = reader.text(PREFIX + "RECORD", "false");
        if (!setting.equals("true") && !setting.equals("false")) {
            reader.complain(PREFIX + "RECORD must be true or false");
        }
        return setting.equals("true");
    }
}
