package linekeeper.bootstrap.settings;

import linekeeper.application.DialRules;
import linekeeper.telephony.elevenlabs.ElevenLabsSettings;
import linekeeper.telephony.elevenlabs.Trunk;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// Reads `LINEKEEPER_ELEVENLABS_…`.
final class ElevenLabsReader {
    private static final String PREFIX = "LINEKEEPER_ELEVENLABS_";

    private ElevenLabsReader() {}

    static ElevenLabsSettings read(Reader reader, DialRules rules) {
        return new ElevenLabsSettings(
                reader.url(PREFIX + "URL", ElevenLabsSettings.DEFAULT_URL),
                reader.text(PREFIX + "APIKEY"),
                reader.text(PREFIX + "AGENT"),
                reader.text(PREFIX + "PHONENUMBERID"),
                trunk(reader),
                secrets(reader),
                listedWithin(rules));
    }

    private static Trunk trunk(Reader reader) {
        return switch (reader.text(PREFIX + "TRUNK", "twilio")) {
            case "twilio" -> Trunk.TWILIO;
            case "sip" -> Trunk.SIP;
            default -> {
                reader.complain(PREFIX + "TRUNK must be twilio or sip");
                yield Trunk.TWILIO;
            }
        };
    }

    /// Several, with commas between them, while they are rotated.
    private static List<String> secrets(Reader reader) {
        return Arrays.stream(reader.text(PREFIX + "WEBHOOKSECRET", "").split(",", -1))
                .map(String::strip)
                .filter(secret -> !secret.isEmpty())
                .toList();
    }

    /// Half a grace after the first question, so that a lost call is settled within two minutes of its
    /// dial by default (E3).
    private static Duration listedWithin(DialRules rules) {
        return rules.grace().multipliedBy(3).dividedBy(2);
    }
}
