package linekeeper.domain.call;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Locale;

/// One line of a conversation (C3).
///
/// @param role who spoke, in lower case, at most 32 characters: `agent` (some providers say
///     `assistant`), `user`, or the provider's own word
/// @param text cut at 20 000 characters, for it is a provider's
/// @param at when it was said; null: the provider did not tell
public record Spoken(String role, String text, @Nullable Instant at) {
    private static final int MAX_ROLE = 32;
    private static final int MAX_TEXT = 20_000;

    public Spoken {
        String word = role.strip().toLowerCase(Locale.ROOT);
        role = word.equals("assistant") ? "agent" : cut(word, MAX_ROLE);
        text = cut(text, MAX_TEXT);
    }

    private static String cut(String text, int length) {
        return text.substring(0, Math.min(text.length(), length));
    }
}
