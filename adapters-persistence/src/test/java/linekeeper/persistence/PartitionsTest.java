package linekeeper.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.Upkeep;
import linekeeper.domain.account.Limits;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// History comes in months, and nothing is refused for lack of one (design 5).
final class PartitionsTest {
    private static final Instant NOW = Instant.parse("2031-11-30T23:59:59Z");

    private TwoNodes nodes;

    @BeforeEach
    void open() {
        nodes = new TwoNodes(Limits.of(10, 10));
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void makesThisMonthAndTwoAheadAlsoOverTheNewYear() {
        run();

        assertThat(partitionsOf("call_events"))
                .containsExactly(
                        "call_events_2031_11",
                        "call_events_2031_12",
                        "call_events_2032_01",
                        "call_events_default");
        assertThat(partitionsOf("notices"))
                .containsExactly(
                        "notices_2031_11", "notices_2031_12", "notices_2032_01", "notices_default");
    }

    @Test
    void mayRunOnSeveralNodesAndAgain() throws Exception {
        List<Future<?>> runs = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 6; i++) {
                int node = i;
                runs.add(threads.submit(() -> nodes.node(node).upkeep().run(NOW)));
            }
        }

        for (Future<?> one : runs) {
            one.get();
        }
        new Partitions(nodes.database()).run(NOW);
        assertThat(partitionsOf("call_events")).hasSize(4);
    }

    @Test
    void putsARowIntoItsMonthOfUniversalTime() {
        run();

        happens("2031-12-31T23:59:59.999999Z");
        happens("2032-01-01T00:00:00Z");

        assertThat(nodes.count("call_events_2031_12")).isEqualTo(1);
        assertThat(nodes.count("call_events_2032_01")).isEqualTo(1);
    }

    @Test
    void keepsAMonthInTheDefaultPartitionThatBeganThere() {
        happens("2031-12-01T00:00:00Z");

        run();
        happens("2031-12-02T00:00:00Z");
        happens("2040-01-01T00:00:00Z");

        assertThat(nodes.count("call_events_default")).isEqualTo(3);
        assertThat(partitionsOf("call_events")).doesNotContain("call_events_2031_12");
    }

    @Test
    void dropsWhatIsOlderThanItIsKeptFor() {
        run();
        happens("2031-11-30T12:00:00Z");
        happens("2031-12-31T23:59:59Z");
        happens("2025-01-01T00:00:00Z");
        Upkeep old = new OldMonths(nodes.database(), Duration.ofDays(31));

        old.run(Instant.parse("2031-12-31T23:59:59Z"));
        assertThat(partitionsOf("call_events")).contains("call_events_2031_11");
        assertThat(nodes.count("call_events_default")).isZero();
        old.run(Instant.parse("2032-01-01T00:00:00Z"));

        assertThat(partitionsOf("call_events"))
                .containsExactly(
                        "call_events_2031_12", "call_events_2032_01", "call_events_default");
        assertThat(partitionsOf("notices")).doesNotContain("notices_2031_11");
        assertThat(nodes.count("call_events")).isEqualTo(1);
        old.run(Instant.parse("2032-01-01T00:00:00Z"));
    }

    private void run() {
        nodes.node(0).upkeep().run(NOW);
    }

    private void happens(String at) {
        nodes.database()
                .update(
                        Sql.of(
                                        """
                                        INSERT INTO call_events
                                               (account_id, call_id, sequence, at, event, detail)
                                        VALUES ('default', 'c', 1, :at, 'event', '{}')
                                        """)
                                .with("at", Instant.parse(at)));
    }

    private List<String> partitionsOf(String table) {
        return nodes.database()
                .query(
                        Sql.of(
                                        """
                                        SELECT CAST(CAST(inhrelid AS regclass) AS text) AS name
                                          FROM pg_inherits
                                         WHERE inhparent = CAST(CAST(:table AS text) AS regclass)
                                         ORDER BY 1
                                        """)
                                .with("table", table),
                        row -> row.text("name"));
    }
}
