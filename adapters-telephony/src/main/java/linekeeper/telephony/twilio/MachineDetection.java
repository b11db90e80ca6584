package linekeeper.telephony.twilio;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Optional;

/// Whether Twilio listens for answering machines; it charges for that. It listens beside the
/// conversation, which begins at once, and tells by a callback what it heard.
public enum MachineDetection {
    OFF("off", null),
    /// Tells `machine_start` as soon as it knows.
    ENABLE("enable", "Enable"),
    /// Tells `machine_end_…` when the greeting is over.
    DETECT_MESSAGE_END("detect_message_end", "DetectMessageEnd");

    private final String setting;
    private final @Nullable String parameter;

    MachineDetection(String setting, @Nullable String parameter) {
        this.setting = setting;
        this.parameter = parameter;
    }

    /// As `LINEKEEPER_TWILIO_AMD` spells it.
    public String setting() {
        return setting;
    }

    /// As Twilio spells it; null: it is not asked for.
    @Nullable String parameter() {
        return parameter;
    }

    public static Optional<MachineDetection> of(String setting) {
        return Arrays.stream(values()).filter(one -> one.setting.equals(setting)).findFirst();
    }
}
