package linekeeper.telephony.twilio;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Since when Twilio has been saying that it does not know a call it once accepted. A read just after
/// the create may miss it, so only what stays away for long is gone. Forgotten with the process, which
/// only makes it wait longer. Thread-safe.
final class Vanished {
    private static final Duration FOR_GOOD = Duration.ofMinutes(2);
    private static final int MOST = 10_000;

    private final Map<String, Instant> since =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
                    return size() > MOST;
                }
            };

    /// Twilio does not know the call; whether that is believed by now.
    synchronized boolean missed(String sid, Instant now) {
        Instant first = since.putIfAbsent(sid, now);
        return first != null && !now.isBefore(first.plus(FOR_GOOD));
    }

    /// Twilio knows the call.
    synchronized void seen(String sid) {
        since.remove(sid);
    }
}
