package linekeeper.http;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.Figures.Active;
import linekeeper.application.port.Figures.Load;
import linekeeper.application.port.Figures.Trouble;
import linekeeper.application.port.Figures.Waiting;
import linekeeper.domain.AccountId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.CallType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/// What Prometheus gets, under the names of the contract (D7, C9, I4; contract 8).
class MetricsPageTest {
    private static final String[] ADMIN = {"Authorization", "Bearer " + TestApi.ADMIN_KEY};
    private static final ProviderName BOLNA = new ProviderName("bolna");
    private static final AccountId ACME = new AccountId("acme");

    private final TestApi api = TestApi.withAdminKey();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void namesThemAsTheContractDoes() {
        busy();

        Scraped scraped = scrape(ADMIN);

        assertThat(scraped.types())
                .containsEntry("linekeeper_queue_depth", "gauge")
                .containsEntry("linekeeper_slots_active", "gauge")
                .containsEntry("linekeeper_slots_unbound", "gauge")
                .containsEntry("linekeeper_slots_stale", "gauge")
                .containsEntry("linekeeper_wait_seconds", "histogram")
                .containsEntry("linekeeper_handover_seconds", "histogram")
                .containsEntry("linekeeper_lookup_seconds", "histogram")
                .containsEntry("linekeeper_priority_violations_total", "counter")
                .containsEntry("linekeeper_limit_violations_total", "counter")
                .containsEntry("linekeeper_dials_total", "counter")
                .containsEntry("linekeeper_calls_ended_total", "counter")
                .containsEntry("linekeeper_notifications_total", "counter")
                .containsEntry("linekeeper_database_up", "gauge");
        assertThat(scraped.samples())
                .containsEntry("linekeeper_queue_depth{account=\"acme\",type=\"campaign\"}", 7.0)
                .containsEntry("linekeeper_queue_depth{account=\"other\",type=\"direct\"}", 2.0)
                .containsEntry("linekeeper_slots_active{account=\"acme\",provider=\"bolna\"}", 3.0)
                .containsEntry("linekeeper_slots_unbound", 1.0)
                .containsEntry("linekeeper_slots_stale", 4.0)
                .containsEntry("linekeeper_priority_violations_total", 0.0)
                .containsEntry("linekeeper_limit_violations_total", 0.0)
                .containsEntry("linekeeper_calls_ended_total{status=\"voicemail\"}", 0.0)
                .containsEntry("linekeeper_notifications_total{result=\"dead\"}", 0.0)
                .containsEntry("linekeeper_database_up", 1.0);
    }

    @Test
    void hasEveryLineFromTheBeginning() {
        assertThat(scrape(ADMIN).samples())
                .containsEntry("linekeeper_queue_depth{account=\"default\",type=\"direct\"}", 0.0)
                .containsEntry(
                        "linekeeper_slots_active{account=\"default\",provider=\"bolna\"}", 0.0)
                .containsEntry("linekeeper_dials_total{provider=\"bolna\",result=\"unknown\"}", 0.0)
                .containsEntry("linekeeper_wait_seconds_count", 0.0)
                .containsEntry("linekeeper_handover_seconds_count", 0.0);
    }

    @Test
    void countsWhatGoesBy() {
        String call = "{\"callId\":\"a\",\"phoneNumber\":\"+15550001111\"}";
        assertThat(api.post("/api/calls/initiate", call, ADMIN).status()).isEqualTo(200);
        api.get("/api/calls/a", ADMIN);
        api.post("/api/slots/a/release", "", ADMIN);

        Scraped scraped = scrape(ADMIN);

        assertThat(scraped.value("linekeeper_wait_seconds_count")).isEqualTo(1);
        assertThat(scraped.value("linekeeper_wait_seconds_bucket{le=\"+Inf\"}")).isEqualTo(1);
        String dials = "linekeeper_dials_total{provider=\"bolna\",result=\"accepted\"}";
        assertThat(scraped.value(dials)).isEqualTo(1);
        assertThat(scraped.value("linekeeper_calls_ended_total{status=\"failed\"}")).isEqualTo(1);
        assertThat(scraped.value("linekeeper_lookup_seconds_count{by=\"call_id\"}")).isPositive();
    }

    @Test
    void countsEverySlotBeyondALimitOnce() {
        api.figures.trouble = new Trouble(0, 0, Set.of(8L, 9L));

        assertThat(violations()).isEqualTo(2);
        assertThat(violations()).isEqualTo(2);
        api.advance(Duration.ofSeconds(6));
        api.figures.trouble = new Trouble(0, 0, Set.of(9L, 10L));
        assertThat(violations()).isEqualTo(3);
    }

    private double violations() {
        return scrape(ADMIN).value("linekeeper_limit_violations_total");
    }

    @Test
    void readsTheDatabaseOncePerSomeSeconds() {
        scrape(ADMIN);
        scrape(ADMIN);
        assertThat(api.figures.reads).isEqualTo(1);

        api.advance(Duration.ofSeconds(6));
        scrape(ADMIN);
        assertThat(api.figures.reads).isEqualTo(2);
    }

    @Test
    void goesOnWithoutTheDatabase() {
        api.figures.down = true;

        Scraped scraped = scrape(ADMIN);

        assertThat(scraped.value("linekeeper_database_up")).isZero();
        assertThat(scraped.names())
                .contains("linekeeper_wait_seconds_count", "linekeeper_calls_ended_total")
                .doesNotContain("linekeeper_slots_unbound", "linekeeper_queue_depth");
    }

    @Test
    void letsInAnAdministratorsKeyOfLatelyWhileItCannotBeLookedUp() {
        String[] stored = {"Authorization", "Bearer " + issue("{\"admin\":true}")};
        scrape(stored);
        api.access.goDown();

        assertThat(scrape(stored).value("linekeeper_database_up")).isZero();
        assertThat(api.get("/observe/metrics", "Authorization", "Bearer x").status())
                .isEqualTo(503);
        api.advance(Duration.ofMinutes(11));
        assertThat(api.get("/observe/metrics", stored).status()).isEqualTo(503);
    }

    @Test
    void wantsAKeyAndShowsAnAccountItsOwn() {
        busy();
        String[] acme = {"Authorization", "Bearer " + issue("{}")};

        assertThat(api.get("/observe/metrics").status()).isEqualTo(401);
        assertThat(scrape(acme).samples())
                .containsOnlyKeys(
                        "linekeeper_queue_depth{account=\"acme\",type=\"campaign\"}",
                        "linekeeper_queue_depth{account=\"acme\",type=\"direct\"}",
                        "linekeeper_slots_active{account=\"acme\",provider=\"bolna\"}");
    }

    private void busy() {
        api.figures.load =
                new Load(
                        List.of(
                                new Waiting(ACME, CallType.CAMPAIGN, 7),
                                new Waiting(null, CallType.DIRECT, 2)),
                        List.of(new Active(ACME, BOLNA, 3)));
        api.figures.trouble = new Trouble(1, 4, Set.of());
    }

    private Scraped scrape(String... headers) {
        TestApi.Answer answer = api.get("/observe/metrics", headers);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/plain; version=0.0.4");
        return Scraped.of(answer.text());
    }

    private String issue(String body) {
        api.post("/api/admin/accounts", "{\"account_id\":\"acme\"}", ADMIN);
        return api.post("/api/admin/accounts/acme/keys", body, ADMIN).json().getString("key");
    }
}
