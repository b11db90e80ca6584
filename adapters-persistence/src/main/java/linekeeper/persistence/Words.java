package linekeeper.persistence;

import linekeeper.domain.call.Failure;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Progress;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/// How the tables spell the domain's words.
final class Words {
    private Words() {}

    static String of(Progress progress) {
        return progress.name().toLowerCase(Locale.ROOT);
    }

    static Progress progress(String word) {
        return Progress.valueOf(word.toUpperCase(Locale.ROOT));
    }

    static Outcome outcome(String word, @Nullable String code, @Nullable String message) {
        return switch (word) {
            case "completed" -> new Outcome.Completed();
            case "no_answer" -> new Outcome.NoAnswer();
            case "busy" -> new Outcome.Busy();
            case "voicemail" -> new Outcome.Voicemail();
            case "cancelled" -> new Outcome.Cancelled();
            case "expired" -> new Outcome.Expired();
            case "failed" ->
                    new Outcome.Failed(
                            new Failure(
                                    code == null ? Failure.PROVIDER_FAILED : code,
                                    message == null ? "" : message));
            default -> throw new IllegalStateException("unknown outcome " + word);
        };
    }
}
