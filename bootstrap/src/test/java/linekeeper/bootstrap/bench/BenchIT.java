package linekeeper.bootstrap.bench;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

import linekeeper.bootstrap.settings.Settings;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/// The whole measurement once, very small: that every figure is there and can be true, not how good it is.
final class BenchIT {
    private static final StringWriter PROGRESS = new StringWriter();
    private static final StringWriter TABLE = new StringWriter();
    private static JsonObject json;

    @BeforeAll
    static void measure() throws Exception {
        BenchRun run =
                BenchRun.tiny(
                        Settings.ofProcess(), section -> true, new PrintWriter(PROGRESS, true));
        BenchRun.Result result = run.run();
        json = result.json();
        result.table().print(new PrintWriter(TABLE, true));
    }

    @Test
    void countsWhatGoesThroughPerSecond() {
        assertThat(number(json, "baseline")).isPositive();
        assertThat(json.getJsonObject("lifecycle").keySet()).containsExactly("1", "50", "1000");
        assertThat(number(json.getJsonObject("lifecycle"), "50")).isPositive();
        assertThat(number(json, "accept")).isPositive();
        assertThat(number(json, "webhook")).isPositive();
    }

    @Test
    void tellsHowLongItTakes() {
        for (String name : List.of("handover_ms", "accept_to_dial_ms", "accept_ms")) {
            JsonObject latency = json.getJsonObject(name);
            assertThat(latency.keySet()).containsExactly("p50", "p99", "p999");
            assertThat(number(latency, "p50")).isPositive();
            assertThat(number(latency, "p99")).isGreaterThanOrEqualTo(number(latency, "p50"));
            assertThat(number(latency, "p999")).isGreaterThanOrEqualTo(number(latency, "p99"));
        }
    }

    @Test
    void goesDeeper() {
        List<JsonObject> depths = json.getJsonArray("depth").getValuesAs(JsonValue::asJsonObject);
        assertThat(depths).hasSize(Scale.TINY.depths().size());
        assertThat(depths.getLast().getInt("queued")).isEqualTo(200);
        assertThat(depths.getLast().getInt("ended")).isEqualTo(500);
        assertThat(depths)
                .allSatisfy(
                        depth -> {
                            assertThat(depth.getInt("accounts")).isEqualTo(200);
                            assertThat(number(depth, "claim_p99_ms")).isPositive();
                            assertThat(number(depth, "accept_p99_ms")).isPositive();
                        });
    }

    @Test
    void tellsWhatACallCosts() {
        // A call is written five times at most: accepted, claimed if it waited, bound, answered,
        // ended. With that few calls the polls count; far more would be a miscount.
        assertThat(number(json, "commits_per_call")).isBetween(0.01, 50.0);
        assertThat(number(json, "statements_per_call")).isBetween(0.01, 100.0);
        assertThat(number(json, "wal_bytes_per_call")).isBetween(500.0, 200_000.0);
        assertThat(number(json, "database_bytes_per_million_calls") / 1e6)
                .isBetween(500.0, 200_000.0);
        assertThat(number(json, "rss_mb")).isGreaterThan(number(json, "heap_mb"));
        assertThat(number(json, "heap_mb")).isPositive();
    }

    @Test
    void saysWhereItWasMeasured() {
        assertThat(json.getJsonObject("machine").getInt("cores")).isPositive();
        assertThat(json.getString("version")).isNotEmpty();
    }

    @Test
    void printsATableAndItsProgressApart() {
        assertThat(TABLE.toString())
                .contains("baseline", "lifecycle", "hand-over", "wal bytes", "database size");
        assertThat(PROGRESS.toString()).contains("whole calls").doesNotContain("wal bytes");
    }

    private static double number(JsonObject object, String name) {
        return object.getJsonNumber(name).doubleValue();
    }
}
