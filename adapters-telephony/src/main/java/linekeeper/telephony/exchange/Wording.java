package linekeeper.telephony.exchange;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Providers' own words, made fit to be kept and shown.
public final class Wording {
    private static final Pattern DIGITS = Pattern.compile("\\+?[0-9]{7,}");
    private static final int LONGEST = 300;

    private Wording() {}

    /// At most 300 characters, long numbers hidden: they may be somebody's telephone (I3).
    public static String shown(String said) {
        return cut(DIGITS.matcher(storable(said)).replaceAll("***"), LONGEST);
    }

    /// At most `most` characters, the last of them a whole one.
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        boolean halved = most > 0 && Character.isHighSurrogate(text.charAt(most - 1));
        return text.substring(0, halved ? most - 1 : most);
    }

    /// Without what databases do not keep: NUL and half characters.
    public static String storable(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                .replace("\0", "");
    }
}
