package linekeeper.telephony.bolna.fake;

import jakarta.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What the fake counts for itself. Thread-safe.
public final class FakeLedger {
    private static final long PATIENCE_SECONDS = 30;

    private final Map<String, FakeExecution> executions = new LinkedHashMap<>();
    private final Map<String, Integer> creates = new HashMap<>();
    private final Map<String, Integer> live = new HashMap<>();
    private final Map<String, Integer> mostLive = new HashMap<>();
    private final Map<String, List<String>> order = new HashMap<>();
    private int asked;

    synchronized void asked(JsonObject request) {
        JsonObject data = request.getJsonObject("user_data");
        creates.merge(
                key(
                        data.getString("account_id"),
                        data.getString("call_id"),
                        data.getInt("attempt")),
                1,
                Integer::sum);
        asked++;
        notifyAll();
    }

    synchronized void placed(FakeExecution execution) {
        executions.put(execution.id(), execution);
        String account = execution.accountId();
        int now = live.merge(account, 1, Integer::sum);
        mostLive.merge(account, now, Math::max);
        order.computeIfAbsent(account, any -> new ArrayList<>()).add(execution.callId());
        notifyAll();
    }

    synchronized void ended(FakeExecution execution) {
        live.merge(execution.accountId(), -1, Integer::sum);
    }

    synchronized @Nullable FakeExecution find(String id) {
        return executions.get(id);
    }

    public synchronized List<FakeExecution> all() {
        return List.copyOf(executions.values());
    }

    /// How many create requests came in all.
    public synchronized int creates() {
        return asked;
    }

    public synchronized int creates(String account, String call, int attempt) {
        return creates.getOrDefault(key(account, call, attempt), 0);
    }

    /// The most create requests that came for one attempt.
    public synchronized int mostCreatesPerAttempt() {
        return creates.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /// The most calls of one account that were live at the same time.
    public synchronized int mostLive(String account) {
        return mostLive.getOrDefault(account, 0);
    }

    public synchronized Map<String, Integer> mostLive() {
        return Map.copyOf(mostLive);
    }

    /// The calls of an account in the order they were placed.
    public synchronized List<String> order(String account) {
        return List.copyOf(order.getOrDefault(account, List.of()));
    }

    /// Waits until that many create requests have come.
    public synchronized void awaitCreates(int count) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (asked < count) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("only " + asked + " of " + count + " creates came");
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    private static String key(String account, String call, int attempt) {
        return account + " " + call + " " + attempt;
    }
}
