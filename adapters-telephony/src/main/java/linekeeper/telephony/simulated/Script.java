package linekeeper.telephony.simulated;

import linekeeper.domain.PhoneNumber;

import java.util.Arrays;

/// What a simulated call does, by the last five digits of the number it goes to.
enum Script {
    /// Rings in vain.
    NO_ANSWER("99901"),
    BUSY("99902"),
    /// A machine answers.
    VOICEMAIL("99903"),
    /// Is dialed and fails.
    FAILED("99904"),
    /// The provider refuses to dial.
    REFUSED("99905"),
    /// The provider dials and its answer is lost; its reports come.
    ANSWER_LOST("99906"),
    /// The request is lost; nobody is dialed.
    REQUEST_LOST("99907"),
    /// Is dialed and never reported on; only asking tells how it ended.
    SILENT("99908"),
    /// The provider cannot be reached.
    UNREACHABLE("99909"),
    /// Any other number: answered as often as the settings say.
    BY_CHANCE("");

    private final String ending;

    Script(String ending) {
        this.ending = ending;
    }

    static Script of(PhoneNumber number) {
        return Arrays.stream(values())
                .filter(script -> number.value().endsWith(script.ending))
                .findFirst()
                .orElse(BY_CHANCE);
    }
}
