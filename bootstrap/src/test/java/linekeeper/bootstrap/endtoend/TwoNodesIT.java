package linekeeper.bootstrap.endtoend;

import static linekeeper.bootstrap.endtoend.World.place;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.telephony.bolna.fake.AutomaticLife;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Two service processes share the work of one database and never exceed a limit (A4, D3, I1). The order of
/// service is held by the stores' suites; here it is not asserted yet.
@Timeout(240)
final class TwoNodesIT {
    private static final int ACCOUNTS = 20;
    private static final int CALLS_PER_ACCOUNT = 25;

    @TempDir Path folder;

    @Test
    void oneIdIsOneRecordAndOneDial() throws Exception {
        try (World world = new World(folder);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<ServiceProcess> nodes = List.of(world.service(), world.service());
            List<Future<HttpResponse<String>>> all = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                ServiceProcess node = nodes.get(i % 2);
                all.add(threads.submit(() -> place(node, "default", "same")));
            }
            int replays = 0;
            for (Future<HttpResponse<String>> one : all) {
                assertThat(one.get().statusCode()).isIn(200, 202);
                replays += one.get().headers().firstValue("Idempotent-Replay").isPresent() ? 1 : 0;
            }
            HttpResponse<String> other =
                    place(nodes.getFirst(), "default", "same", ",\"contact_name\":\"B\"");

            Until.holds(
                    World.PATIENCE,
                    "the call is bound",
                    () -> !World.call(nodes.getFirst(), "default", "same").isNull("execution_id"));
            assertThat(replays).isEqualTo(63);
            assertThat(world.bolna.ledger().creates()).isEqualTo(1);
            assertThat(world.count("SELECT count(*) FROM calls")).isEqualTo(1);
            assertThat(other.statusCode()).isEqualTo(409);
            assertThat(other.body()).contains("contact_name");
        }
    }

    @Test
    void limitsHoldAndEveryCallEndsOnce() throws Exception {
        long seed = System.nanoTime();
        try (World world = new World(folder);
                ExecutorService threads = Executors.newFixedThreadPool(64)) {
            List<ServiceProcess> nodes = List.of(world.service(), world.service());
            world.bolna.live(
                    new AutomaticLife(
                            nodes.stream().map(ServiceProcess::webhook).toList(),
                            Duration.ofMillis(20),
                            Duration.ofMillis(150),
                            seed));
            for (int account = 0; account < ACCOUNTS; account++) {
                String body = "{\"account_id\":\"acc-%d\"}".formatted(account);
                nodes.getFirst().post("default", "/api/admin/accounts", body);
            }

            List<Future<HttpResponse<String>>> all = new ArrayList<>();
            Random random = new Random(seed);
            for (int i = 0; i < ACCOUNTS * CALLS_PER_ACCOUNT; i++) {
                String account = "acc-" + i % ACCOUNTS;
                boolean campaign = random.nextBoolean();
                String id = (campaign ? "campaign-" : "direct-") + i;
                String more = campaign ? ",\"campaign_id\":\"autumn\"" : "";
                ServiceProcess node = nodes.get(random.nextInt(2));
                all.add(threads.submit(() -> place(node, account, id, more)));
            }
            for (Future<HttpResponse<String>> one : all) {
                assertThat(one.get().statusCode()).as("seed %d", seed).isIn(200, 202);
            }
            world.awaitAllEnded(ACCOUNTS * CALLS_PER_ACCOUNT);

            assertThat(world.bolna.ledger().mostLive().values())
                    .as("seed %d", seed)
                    .hasSize(ACCOUNTS)
                    .allMatch(most -> most <= 2);
            assertThat(world.bolna.ledger().creates()).isEqualTo(ACCOUNTS * CALLS_PER_ACCOUNT);
            assertThat(world.bolna.ledger().mostCreatesPerAttempt()).isEqualTo(1);
            assertThat(world.count("SELECT count(*) FROM active_calls")).isZero();
            assertThat(world.count("SELECT count(*) FROM call_queue")).isZero();
            assertThat(world.count("SELECT count(*) FROM calls WHERE status = 'failed'")).isZero();
            assertThat(world.count("SELECT count(*) FROM notices"))
                    .isEqualTo(ACCOUNTS * CALLS_PER_ACCOUNT);
        }
    }
}
