package linekeeper.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.telephony.bolna.fake.AutomaticLife;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The packaged service on one or several nodes, a provider that lives by itself, a backend that is told
/// of everything, and accounts under limits of every kind.
final class CrashScene implements AutoCloseable {
    static final String CAMPAIGN = "autumn";
    static final int CAMPAIGN_LIMIT = 2;
    static final int SYSTEM_LIMIT = 10;
    static final Map<String, Integer> ACCOUNT_LIMITS = Map.of("acc-a", 5, "acc-b", 4, "acc-c", 3);
    static final List<String> ACCOUNTS = ACCOUNT_LIMITS.keySet().stream().sorted().toList();

    private static final Duration SHORTEST_CALL = Duration.ofMillis(20);
    private static final Duration LONGEST_CALL = Duration.ofMillis(150);
    private static final double REPORTS_LOST = 0.005;
    private static final int DELIVERIES_PER_REFUSAL = 9;
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "LINEKEEPER_LIMIT_SYSTEM",
                    Integer.toString(SYSTEM_LIMIT),
                    "LINEKEEPER_RETRY_NOANSWER",
                    "PT1S",
                    "LINEKEEPER_WEBHOOK_PRIVATE",
                    "true",
                    "LINEKEEPER_NOTIFY_SCHEDULE",
                    "PT0.2S" + ",PT0.5S".repeat(90));

    final World world;
    final Backend backend = new Backend();
    final List<ServiceProcess> nodes = new ArrayList<>();

    CrashScene(Path folder, CrashTerms terms) throws Exception {
        world = terms.nodes() == 1 ? World.ofOneNode(folder) : new World(folder);
        for (int i = 0; i < terms.nodes(); i++) {
            nodes.add(world.service(SETTINGS));
        }
        world.bolna.live(
                new AutomaticLife(
                        nodes.stream().map(ServiceProcess::webhook).toList(),
                        SHORTEST_CALL,
                        LONGEST_CALL,
                        REPORTS_LOST,
                        terms.seed()));
        backend.refusesEvery(DELIVERIES_PER_REFUSAL);
        for (String account : ACCOUNTS) {
            open(account);
        }
    }

    private void open(String account) throws Exception {
        ServiceProcess node = nodes.getFirst();
        String limit =
                "{\"account_id\":\"%s\",\"concurrency_limit\":%d}"
                        .formatted(account, ACCOUNT_LIMITS.get(account));
        assertThat(node.post("default", "/api/admin/accounts", limit).statusCode()).isEqualTo(201);
        String campaign = "{\"concurrency_limit\":%d}".formatted(CAMPAIGN_LIMIT);
        assertThat(node.put(account, "/api/campaigns/" + CAMPAIGN, campaign).statusCode())
                .isBetween(200, 201);
        String webhook =
                "{\"url\":\"%s\",\"events\":[\"call.started\",\"call.attempt_ended\",\"call.ended\"]}"
                        .formatted(backend.url());
        assertThat(node.put(account, "/api/webhook", webhook).statusCode()).isEqualTo(200);
    }

    @Override
    public void close() {
        world.close();
        backend.close();
    }
}
