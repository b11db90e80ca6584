package linekeeper.domain.call;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// How far the transcript of one conversation has come, and what it still takes on (C4). Its lines are
/// numbered from 1 without gaps and are kept elsewhere.
///
/// A conversation reaches us line by line while it goes on, and as a whole from the provider when it is
/// over. The whole supersedes the lines, and later lines change nothing. Of two transcripts of the same
/// standing the shorter one is the older one, so it changes nothing either (H3).
///
/// @param lines so far, 0 to 5 000
/// @param characters of their texts together, 0 to 2 000 000
/// @param whole the provider told all of it
/// @param digest of what the provider told; null: it came line by line
public record Transcript(int lines, int characters, boolean whole, @Nullable String digest) {
    public static final int MOST_LINES = 5_000;
    public static final int MOST_CHARACTERS = 2_000_000;

    /// Nothing was said yet.
    public static final Transcript EMPTY = new Transcript(0, 0, false, null);

    /// The line that the hook brings next; it gets the number [#lines] of the result.
    public Heard hear(Spoken line) {
        if (whole) {
            return new PastIt();
        }
        int size = characters + line.text().length();
        return lines == MOST_LINES || size > MOST_CHARACTERS
                ? new Full()
                : new Grown(new Transcript(lines + 1, size, false, null));
    }

    /// What the provider tells takes the place of all lines so far; empty: it tells nothing new.
    ///
    /// @param told not more than [#fitting]
    /// @param toTheEnd the conversation is over
    public Optional<Transcript> supersede(List<Spoken> told, boolean toTheEnd) {
        boolean older = whole && !toTheEnd;
        boolean shorter = whole == toTheEnd && told.size() < lines;
        Transcript next = new Transcript(told.size(), characters(told), toTheEnd, digest(told));
        return older || shorter || next.equals(this) ? Optional.empty() : Optional.of(next);
    }

    /// As many lines from the beginning as a transcript can have.
    public static List<Spoken> fitting(List<Spoken> told) {
        List<Spoken> fitting = new ArrayList<>();
        int size = 0;
        for (Spoken line : told) {
            size += line.text().length();
            if (fitting.size() == MOST_LINES || size > MOST_CHARACTERS) {
                break;
            }
            fitting.add(line);
        }
        return fitting;
    }

    private static int characters(List<Spoken> told) {
        return told.stream().mapToInt(line -> line.text().length()).sum();
    }

    private static String digest(List<Spoken> told) {
        byte[] content = told.toString().getBytes(StandardCharsets.UTF_8);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What became of a line.
    public sealed interface Heard {}

    public record Grown(Transcript next) implements Heard {}

    /// The provider's own transcript has it already.
    public record PastIt() implements Heard {}

    /// It takes no more.
    public record Full() implements Heard {}
}
