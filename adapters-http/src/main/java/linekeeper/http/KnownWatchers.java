package linekeeper.http;

import linekeeper.application.IssueKeys;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Who was let in as an administrator lately, by the digest of what they sent. Thread-safe.
final class KnownWatchers {
    private static final Duration LATELY = Duration.ofMinutes(10);
    private static final int MOST = 16;

    private final Map<String, Instant> seen =
            new LinkedHashMap<>(MOST, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
                    return size() > MOST;
                }
            };

    synchronized void remember(String credentials, Instant now) {
        seen.put(IssueKeys.hash(credentials), now);
    }

    synchronized boolean knows(String credentials, Instant now) {
        Instant last = seen.get(IssueKeys.hash(credentials));
        return last != null && !last.plus(LATELY).isBefore(now);
    }
}
