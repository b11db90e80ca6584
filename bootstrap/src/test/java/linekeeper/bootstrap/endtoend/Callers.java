package linekeeper.bootstrap.endtoend;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/// Backends that hand over calls, direct ones and a campaign's, at any node. A request that was not
/// answered they repeat until it is, but for a few that they give up on; some calls they cancel.
final class Callers {
    private static final int THREADS = 8;
    private static final long LONGEST_PAUSE = Duration.ofMillis(200).toNanos();
    private static final long REPEAT_AFTER = Duration.ofMillis(100).toNanos();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<ServiceProcess> nodes;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> cancelled = ConcurrentHashMap.newKeySet();
    private final Queue<Broken> broken = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> running = new ArrayList<>();
    private volatile boolean calling = true;

    Callers(List<ServiceProcess> nodes, long seed) {
        this.nodes = nodes;
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            running.add(threads.submit(() -> call(number, new Random(seed + number))));
        }
    }

    /// The calls, as "account id", that the service said it has.
    Set<String> acknowledged() {
        return acknowledged;
    }

    boolean cancelled(String key) {
        return cancelled.contains(key);
    }

    /// Answers that should never be given.
    List<Broken> broken() {
        return List.copyOf(broken);
    }

    /// Returns when every request has its answer.
    void stop() throws Exception {
        calling = false;
        for (Future<?> one : running) {
            one.get();
        }
        threads.shutdown();
    }

    private Void call(int caller, Random random) throws InterruptedException {
        for (int i = 0; calling; i++) {
            String account = CrashScene.ACCOUNTS.get(random.nextInt(CrashScene.ACCOUNTS.size()));
            boolean campaign = random.nextBoolean();
            String id = "%s-%d-%d".formatted(campaign ? CrashScene.CAMPAIGN : "direct", caller, i);
            String body = body(id, campaign, random.nextInt(3));
            if (place(account, id, body, random) && random.nextInt(20) == 0) {
                cancel(account, id, random);
            }
            LockSupport.parkNanos((long) (random.nextDouble() * LONGEST_PAUSE));
        }
        return null;
    }

    private static String body(String id, boolean campaign, int attempts) {
        return "{\"custom_call_id\":\"%s\",\"phone_number\":\"+14155550100\"%s%s}"
                .formatted(
                        id,
                        campaign ? ",\"campaign_id\":\"" + CrashScene.CAMPAIGN + "\"" : "",
                        attempts < 2 ? "" : ",\"max_attempts\":2");
    }

    /// Whether the service has taken it.
    private boolean place(String account, String id, String body, Random random)
            throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            int status = post(account, "/api/calls/outbound", body, random);
            if (status == 200 || status == 202) {
                acknowledged.add(account + " " + id);
                return true;
            }
            if (status != 0 && status != 503) {
                broken.add(new Broken(account + " " + id, "placing it was answered " + status));
                return false;
            }
            if (random.nextInt(20) == 0) {
                return false;
            }
            LockSupport.parkNanos(REPEAT_AFTER);
        }
        broken.add(new Broken(account + " " + id, "placing it was not answered in " + PATIENCE));
        return false;
    }

    private void cancel(String account, String id, Random random) throws InterruptedException {
        cancelled.add(account + " " + id);
        int status = post(account, "/api/calls/" + id + "/cancel", "", random);
        if (!Set.of(0, 200, 202, 409, 503).contains(status)) {
            broken.add(new Broken(account + " " + id, "cancelling it was answered " + status));
        }
    }

    /// 0: there was no answer.
    private int post(String account, String path, String body, Random random)
            throws InterruptedException {
        try {
            ServiceProcess node = nodes.get(random.nextInt(nodes.size()));
            HttpResponse<String> answer = node.post(account, path, body);
            return answer.statusCode();
        } catch (IOException e) {
            return 0;
        }
    }
}
