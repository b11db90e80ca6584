package linekeeper.telephony.fake;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// How many create requests came, in all and for each attempt. Thread-safe, as what extends it must be,
/// by its own lock.
public abstract class CreateLedger {
    private static final long PATIENCE_SECONDS = 30;

    private final Map<String, Integer> creates = new HashMap<>();
    private int asked;

    protected final synchronized void asked(String account, String call, int attempt) {
        creates.merge(key(account, call, attempt), 1, Integer::sum);
        asked++;
        notifyAll();
    }

    /// How many create requests came in all.
    public final synchronized int creates() {
        return asked;
    }

    public final synchronized int creates(String account, String call, int attempt) {
        return creates.getOrDefault(key(account, call, attempt), 0);
    }

    /// How many came for each attempt, which is named by account, call and number.
    public final synchronized Map<String, Integer> createsByAttempt() {
        return Map.copyOf(creates);
    }

    /// The most create requests that came for one attempt.
    public final synchronized int mostCreatesPerAttempt() {
        return creates.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /// Waits until that many create requests have come.
    public final synchronized void awaitCreates(int count) throws InterruptedException {
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
