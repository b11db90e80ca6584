package linekeeper.telephony.bolna.fake;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Lets calls ring, be answered and end after random short times, and tells webhooks about it: doubled
/// now and then, lost if that is wanted, repeated until they are taken. Ends what it knows to be over before it says so, so
/// its count of live calls is never too low for a service that keeps to its limits.
public final class AutomaticLife implements AutoCloseable {
    private static final int MOST_TRIES = 60;

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<URI> webhooks;
    private final Duration shortest;
    private final Duration longest;
    private final double lost;
    private final Random random;
    private final AtomicInteger next = new AtomicInteger();

    /// @param webhooks of the services; each report goes to one of them, the next try to the next
    public AutomaticLife(List<URI> webhooks, Duration shortest, Duration longest, long seed) {
        this(webhooks, shortest, longest, 0, seed);
    }

    /// @param lost the share of reports that are never sent
    public AutomaticLife(
            List<URI> webhooks, Duration shortest, Duration longest, double lost, long seed) {
        this.webhooks = List.copyOf(webhooks);
        this.shortest = shortest;
        this.longest = longest;
        this.lost = lost;
        this.random = new Random(seed);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // A task that fails leaves its call silent.
    void begin(FakeBolna bolna, FakeExecution execution) {
        long total = between();
        boolean answered = chance() < 0.7;
        timer.schedule(() -> step(bolna, execution, "ringing"), total / 3, TimeUnit.MILLISECONDS);
        if (answered) {
            timer.schedule(
                    () -> step(bolna, execution, "in-progress"), total / 2, TimeUnit.MILLISECONDS);
        }
        timer.schedule(
                () -> step(bolna, execution, answered ? "completed" : "no-answer"),
                total,
                TimeUnit.MILLISECONDS);
    }

    private synchronized long between() {
        return shortest.toMillis()
                + (long) (random.nextDouble() * (longest.toMillis() - shortest.toMillis()));
    }

    private synchronized double chance() {
        return random.nextDouble();
    }

    /// A call that was stopped meanwhile stays as it is, and is told of so.
    private void step(FakeBolna bolna, FakeExecution execution, String status) {
        bolna.advance(execution, status);
        String body = execution.full().toString();
        double chance = chance();
        int copies = chance < lost ? 0 : chance > 0.8 ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            Thread.ofVirtual().start(() -> deliver(body, MOST_TRIES));
        }
    }

    private void deliver(String body, int triesLeft) {
        if (!taken(body) && triesLeft > 1 && !timer.isShutdown()) {
            var later =
                    timer.schedule(
                            () -> Thread.ofVirtual().start(() -> deliver(body, triesLeft - 1)),
                            500,
                            TimeUnit.MILLISECONDS);
            if (later.isCancelled()) {
                throw new IllegalStateException("the fake was closed");
            }
        }
    }

    private boolean taken(String body) {
        URI webhook = webhooks.get(Math.floorMod(next.getAndIncrement(), webhooks.size()));
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(webhook)
                            .timeout(Duration.ofSeconds(10))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(body))
                            .build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        client.shutdownNow();
    }
}
