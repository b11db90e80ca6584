package linekeeper.bootstrap.endtoend;

import static linekeeper.bootstrap.endtoend.World.place;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.telephony.bolna.fake.AutomaticLife;
import linekeeper.telephony.bolna.fake.FakeExecution;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// The database goes away and comes back under load: 503 meanwhile, recovery without a hand, nothing lost
/// that was answered with success (C5, I1).
@Timeout(240)
final class OutageIT {
    @TempDir Path folder;

    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Set<Integer> refusals = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean calling = new AtomicBoolean(true);
    private final AtomicInteger next = new AtomicInteger();

    @Test
    void theServiceOutlivesItsDatabase() throws Exception {
        try (World world = new World(folder);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            ServiceProcess service = world.service(Map.of("LINEKEEPER_LIMIT_ACCOUNT", "20"));
            world.bolna.live(
                    new AutomaticLife(
                            List.of(service.webhook()),
                            Duration.ofMillis(20),
                            Duration.ofMillis(100),
                            1));
            List<Future<?>> load =
                    List.of(
                            callers.submit(() -> keepCalling(service)),
                            callers.submit(() -> keepCalling(service)),
                            callers.submit(() -> keepCalling(service)));
            awaitAccepted(100);

            world.database.stop();
            Until.holds(World.PATIENCE, "somebody is refused", () -> refusals.contains(503));
            assertThat(service.get("default", "/observe/health/live").statusCode()).isEqualTo(200);
            assertThat(service.get("default", "/observe/health/ready").statusCode()).isEqualTo(503);
            HttpResponse<String> refused = service.get("default", "/api/calls/x");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Content-Type"))
                    .contains("application/problem+json");
            world.database.start();

            int before = accepted.size();
            awaitAccepted(before + 100);
            calling.set(false);
            for (Future<?> one : load) {
                one.get();
            }
            assertThat(refusals).containsOnly(503);
            Until.holds(
                    World.PATIENCE,
                    "every call has ended",
                    () ->
                            world.count("SELECT count(*) FROM calls")
                                    == world.count("SELECT count(*) FROM call_ends"));
            for (String id : accepted) {
                assertThat(world.count("SELECT count(*) FROM calls WHERE call_id = '" + id + "'"))
                        .isEqualTo(1);
            }
            assertThat(world.bolna.ledger().mostCreatesPerAttempt()).isEqualTo(1);
            assertThat(world.bolna.ledger().mostLive(FakeExecution::accountId).get("default"))
                    .isLessThanOrEqualTo(20);
        }
    }

    private void awaitAccepted(int count) throws Exception {
        Until.holds(World.PATIENCE, count + " accepted", () -> accepted.size() >= count);
    }

    private Void keepCalling(ServiceProcess service) throws Exception {
        while (calling.get()) {
            String id = "c" + next.incrementAndGet();
            HttpResponse<String> answer = place(service, "default", id);
            if (answer.statusCode() == 200 || answer.statusCode() == 202) {
                accepted.add(id);
            } else {
                refusals.add(answer.statusCode());
            }
        }
        return null;
    }
}
