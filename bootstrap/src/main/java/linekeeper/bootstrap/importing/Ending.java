package linekeeper.bootstrap.importing;

import linekeeper.domain.InvalidValue;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.Outcome;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Map;

/// How a past call ended, in the words of its record. A call that its record leaves without an end can
/// have none any more: it failed, as `IMPORTED_UNFINISHED`.
record Ending(Outcome outcome) {
    /// The error code of a record that does not say how its call ended.
    static final String UNFINISHED = "IMPORTED_UNFINISHED";

    private static final Map<String, String> OTHER_WORDS =
            Map.of("canceled", "cancelled", "noanswer", "no_answer", "pending", "queued");

    static Ending read(Values values) {
        String written = values.text("status");
        String code = values.text("error_code");
        String message = values.text("error_message");
        CallStatus status = written == null || written.isEmpty() ? null : status(written);
        if (status == null || !status.terminal()) {
            values.keep("imported_status", written);
            return new Ending(failed(UNFINISHED, "The record has no end", code, message, values));
        }
        if (status == CallStatus.FAILED) {
            return new Ending(failed(code(code), message == null ? "" : message));
        }
        values.keep("error_code", code);
        values.keep("error_message", message);
        return new Ending(outcome(status));
    }

    private static CallStatus status(String written) {
        String word = written.toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
        return CallStatus.named(OTHER_WORDS.getOrDefault(word, word))
                .orElseThrow(() -> new InvalidValue("status", "is not a known word"));
    }

    private static Outcome failed(
            String unfinished,
            String why,
            @Nullable String code,
            @Nullable String message,
            Values values) {
        values.keep("error_code", code);
        values.keep("error_message", message);
        return failed(unfinished, why);
    }

    private static Outcome failed(String code, String message) {
        return new Outcome.Failed(new Failure(code, message));
    }

    /// In the shape of our own codes.
    private static String code(@Nullable String written) {
        if (written == null || written.isEmpty()) {
            return Failure.PROVIDER_FAILED;
        }
        String code = written.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "_");
        return code.substring(0, Math.min(code.length(), 64));
    }

    private static Outcome outcome(CallStatus status) {
        return switch (status) {
            case COMPLETED -> new Outcome.Completed();
            case NO_ANSWER -> new Outcome.NoAnswer();
            case BUSY -> new Outcome.Busy();
            case VOICEMAIL -> new Outcome.Voicemail();
            case CANCELLED -> new Outcome.Cancelled();
            case EXPIRED -> new Outcome.Expired();
            case FAILED, QUEUED, DIALING, DIAL_UNKNOWN, RINGING, IN_PROGRESS ->
                    throw new IllegalStateException(status + " has no outcome of its own");
        };
    }
}
