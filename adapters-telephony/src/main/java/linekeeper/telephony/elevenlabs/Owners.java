package linekeeper.telephony.elevenlabs;

import linekeeper.application.port.ExecutionReport.Echo;

import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.Map;

/// Whose calls the conversations are that were opened lately. A conversation never changes hands, so
/// whoever looks for another call need not open it again. Keeps the last ten thousand. Thread-safe.
final class Owners {
    private static final int MOST = 10_000;

    private final Map<String, Echo> known = new Bounded();

    synchronized void learn(String conversation, Echo echo) {
        known.put(conversation, echo);
    }

    /// Whether it is known to be somebody else's.
    synchronized boolean excludes(String conversation, Echo echo) {
        Echo owner = known.get(conversation);
        return owner != null && !owner.equals(echo);
    }

    private static final class Bounded extends LinkedHashMap<String, Echo> {
        @Serial private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Echo> eldest) {
            return size() > MOST;
        }
    }
}
