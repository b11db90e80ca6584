package linekeeper.domain;

import java.util.regex.Pattern;

/// A telephone number in E.164: `+`, then 7 to 15 digits that do not start with 0.
///
/// Whether a number is in service is the provider's to say; numbering plans change faster than
/// releases.
public record PhoneNumber(String value) {
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final Pattern PUNCTUATION = Pattern.compile("[ ().\\-/]");
    private static final int SHOWN = 2;

    public PhoneNumber {
        if (!E164.matcher(value).matches()) {
            throw new InvalidValue("phone_number", "must be E.164: '+' and 7 to 15 digits");
        }
    }

    /// Reads a number as people write it: spaces, dots, hyphens, slashes and parentheses are dropped.
    public static PhoneNumber parse(String written) {
        return new PhoneNumber(PUNCTUATION.matcher(written).replaceAll(""));
    }

    /// For logs: the last two digits, the others hidden (I3).
    public String masked() {
        return "+"
                + "*".repeat(value.length() - 1 - SHOWN)
                + value.substring(value.length() - SHOWN);
    }

    /// Masked: a number reaches a log only by accident.
    @Override
    public String toString() {
        return masked();
    }
}
