package linekeeper.telephony.bolna;

import linekeeper.domain.call.Spoken;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads Bolna's transcript: one text, in which a line begins with who speaks, as in `user: Hello`. A
/// line that does not goes on with what the one before said.
final class BolnaTranscript {
    private static final Pattern SPEAKER =
            Pattern.compile("\\s*(assistant|agent|user|system)\\s*:(.*)", Pattern.CASE_INSENSITIVE);
    private static final String NOBODY = "unknown";

    private final List<Spoken> lines = new ArrayList<>();
    private final StringBuilder saying = new StringBuilder();
    private String role = NOBODY;

    private BolnaTranscript() {}

    /// @param text null or empty: nothing was said
    static List<Spoken> of(@Nullable String text) {
        BolnaTranscript transcript = new BolnaTranscript();
        if (text != null) {
            text.lines().forEach(transcript::read);
            transcript.finishLine();
        }
        return transcript.lines;
    }

    private void read(String line) {
        Matcher spoken = SPEAKER.matcher(line);
        if (spoken.matches()) {
            finishLine();
            role = spoken.group(1);
            saying.append(spoken.group(2));
        } else {
            saying.append('\n').append(line);
        }
    }

    private void finishLine() {
        String said = saying.toString().strip();
        if (!said.isEmpty()) {
            lines.add(new Spoken(role, said, null));
        }
        saying.setLength(0);
    }
}
