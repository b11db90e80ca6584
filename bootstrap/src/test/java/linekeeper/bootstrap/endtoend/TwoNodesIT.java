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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Two service processes share the work of one database and never exceed a limit (A4, D2, D3, I1).
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
            Map<String, Instant> waitedSince = new ConcurrentHashMap<>();
            Random random = new Random(seed);
            for (int i = 0; i < ACCOUNTS * CALLS_PER_ACCOUNT; i++) {
                String account = "acc-" + i % ACCOUNTS;
                boolean campaign = random.nextBoolean();
                String id = (campaign ? "campaign-" : "direct-") + i;
                String more = campaign ? ",\"campaign_id\":\"autumn\"" : "";
                ServiceProcess node = nodes.get(random.nextInt(2));
                all.add(
                        threads.submit(
                                () -> {
                                    HttpResponse<String> answer = place(node, account, id, more);
                                    if (!campaign && answer.statusCode() == 202) {
                                        waitedSince.put(account + " " + id, Instant.now());
                                    }
                                    return answer;
                                }));
            }
            for (Future<HttpResponse<String>> one : all) {
                assertThat(one.get().statusCode()).as("seed %d", seed).isIn(200, 202);
            }
            world.awaitAllEnded(ACCOUNTS * CALLS_PER_ACCOUNT);

            assertThat(world.bolna.ledger().mostLive(FakeExecution::accountId).values())
                    .as("seed %d", seed)
                    .hasSize(ACCOUNTS)
                    .allMatch(most -> most <= 2);
            assertThat(world.bolna.ledger().creates()).isEqualTo(ACCOUNTS * CALLS_PER_ACCOUNT);
            assertThat(world.bolna.ledger().mostCreatesPerAttempt()).isEqualTo(1);
            assertThat(world.count("SELECT count(*) FROM active_calls")).isZero();
            assertThat(world.count("SELECT count(*) FROM call_queue")).isZero();
            assertThat(overtaken(world, waitedSince)).as("seed %d", seed).isEmpty();
            assertThat(world.count("SELECT count(*) FROM call_ends WHERE outcome = 'failed'"))
                    .isZero();
            assertThat(world.count("SELECT count(*) FROM notices"))
                    .isEqualTo(ACCOUNTS * CALLS_PER_ACCOUNT);
        }
    }

    /// Campaign calls that got their slot after a direct call of their account had been answered with
    /// 202, and before that one got its own. A start is read once the claim's turn has come, so a claim that
    /// starts after the answer has seen the direct call for certain.
    private static List<String> overtaken(World world, Map<String, Instant> waitedSince)
            throws Exception {
        Map<String, Instant> starts = world.tables.instants(STARTS);
        List<String> overtaken = new ArrayList<>();
        waitedSince.forEach(
                (direct, since) ->
                        starts.forEach(
                                (campaign, start) -> {
                                    if (campaign.contains(" campaign-")
                                            && account(campaign).equals(account(direct))
                                            && start.isAfter(since)
                                            && starts.containsKey(direct)
                                            && start.isBefore(starts.get(direct))) {
                                        overtaken.add(direct + " by " + campaign);
                                    }
                                }));
        return overtaken;
    }

    private static String account(String key) {
        return key.substring(0, key.indexOf(' '));
    }

    /// Of calls that the provider took at the first try: one that was put back has a later start.
    private static final String STARTS =
            """
            SELECT account_id || ' ' || call_id, started_at FROM call_ends c
            WHERE NOT EXISTS (SELECT FROM call_timeline e
                              WHERE e.account_id = c.account_id AND e.call_id = c.call_id
                                AND e.event = 'put_back')
            """;
}
