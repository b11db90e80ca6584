package linekeeper.bootstrap.settings;

import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.RetryPolicy;
import linekeeper.domain.queue.Backoff;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// Reads after which outcomes a call is tried again, and when: `LINEKEEPER_RETRY_BUSY` and the others,
/// each a first delay that doubles with every attempt, or `none`.
final class RetrySettings {
    private static final String NONE = "none";

    private RetrySettings() {}

    static RetryPolicy read(Reader reader) {
        Map<CallStatus, Backoff> delays = new EnumMap<>(CallStatus.class);
        for (CallStatus outcome : RetryPolicy.OUTCOMES) {
            Backoff delay = delay(reader, outcome);
            if (delay != null) {
                delays.put(outcome, delay);
            }
        }
        return new RetryPolicy(delays);
    }

    private static @Nullable Backoff delay(Reader reader, CallStatus outcome) {
        String variable = variable(outcome);
        Backoff otherwise = RetryPolicy.DEFAULT.delays().get(outcome);
        String text = reader.text(variable);
        if (text == null || text.equals(NONE)) {
            return text == null ? otherwise : null;
        }
        try {
            Backoff delay = RetryPolicy.doubling(reader.duration(variable, Duration.ofSeconds(1)));
            return new RetryPolicy(Map.of(outcome, delay)).delays().get(outcome);
        } catch (IllegalArgumentException outOfRange) {
            reader.complain(variable + " must be from PT1S to P30D, or none");
            return otherwise;
        }
    }

    private static String variable(CallStatus outcome) {
        String word = outcome.wireName().replace("_", "");
        return "LINEKEEPER_RETRY_" + word.toUpperCase(Locale.ROOT);
    }
}
