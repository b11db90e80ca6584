package linekeeper.telephony.simulated;

import linekeeper.application.port.ExecutionReport.Echo;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.call.Outcome;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/// What only this process knows of its simulated calls; the latest hundred thousand. Thread-safe.
final class Remembered {
    private static final int MOST = 100_000;

    private final Map<Echo, ExecutionId> placed = new Latest<>();
    private final Map<ExecutionId, Outcome> stopped = new Latest<>();
    private final Map<ExecutionId, Boolean> told = new Latest<>();

    synchronized void placed(Echo echo, ExecutionId execution) {
        placed.put(echo, execution);
    }

    synchronized @Nullable ExecutionId execution(Echo echo) {
        return placed.get(echo);
    }

    /// From now on this process tells how the call goes on; false: it does so already.
    synchronized boolean told(ExecutionId execution) {
        return told.put(execution, true) == null;
    }

    synchronized void stop(ExecutionId execution, Outcome outcome) {
        stopped.put(execution, outcome);
    }

    synchronized @Nullable Outcome stopped(ExecutionId execution) {
        return stopped.get(execution);
    }

    private static final class Latest<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > MOST;
        }
    }
}
