package linekeeper.persistence;

import linekeeper.application.port.Upkeep;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/// Makes the months of history ahead of time, so that old ones can be dropped whole. A month that is
/// missing is no trouble: its rows go to the default partition, and it stays there, for making it then
/// would move what is there under a lock. Several nodes may run it. Thread-safe.
final class Partitions implements Upkeep {
    private static final int MONTHS_AHEAD = 2;

    /// Any number that nothing else in this database locks.
    private static final long ONE_NODE = 0x6d6f6e746873L;

    private final Database database;
    private final AtomicReference<@Nullable YearMonth> made = new AtomicReference<>();

    Partitions(Database database) {
        this.database = database;
    }

    /// @throws linekeeper.application.port.StoreUnavailable also if the tables are too busy to be
    ///     locked for a moment; the next run tries again
    @Override
    public void run(Instant now) {
        YearMonth month = YearMonth.from(now.atOffset(ZoneOffset.UTC));
        if (month.equals(made.get())) {
            return;
        }
        for (int ahead = 0; ahead <= MONTHS_AHEAD; ahead++) {
            make(new Partition("call_events", "at", month.plusMonths(ahead)));
            make(new Partition("notices", "created_at", month.plusMonths(ahead)));
        }
        made.set(month);
    }

    private void make(Partition partition) {
        database.inTransaction(
                () -> {
                    waitForOtherNodes(database);
                    return isMissing(partition) ? create(partition) : 0;
                });
    }

    /// Until the transaction ends, no other node makes partitions.
    static void waitForOtherNodes(Database database) {
        database.query(
                Sql.of("SELECT pg_advisory_xact_lock(:node) IS NULL AS locked")
                        .with("node", ONE_NODE),
                row -> true);
    }

    private boolean isMissing(Partition partition) {
        return database.queryOne(Sql.of(partition.missing()), row -> row.flag("missing"))
                .orElseThrow();
    }

    /// Everybody who writes or reads history waits for this lock, and whoever comes after them too.
    private long create(Partition partition) {
        database.update(Sql.of("SET LOCAL lock_timeout = '1s'"));
        return database.update(Sql.of(partition.create()));
    }

    /// @param column by which the table is partitioned
    private record Partition(String table, String column, YearMonth month) {
        String missing() {
            return """
            SELECT to_regclass('%1$s') IS NULL
                   AND NOT EXISTS (SELECT FROM %2$s_default
                                    WHERE %3$s >= '%4$s-01Z' AND %3$s < '%5$s-01Z') AS missing
            """
                    .formatted(name(), table, column, month, month.plusMonths(1));
        }

        String create() {
            return """
            CREATE TABLE %s PARTITION OF %s FOR VALUES FROM ('%s-01Z') TO ('%s-01Z')
            WITH (autovacuum_vacuum_threshold = 20000,
                  autovacuum_vacuum_insert_threshold = 100000,
                  autovacuum_analyze_threshold = 200000)
            """
                    .formatted(name(), table, month, month.plusMonths(1));
        }

        private String name() {
            return table + "_" + month.toString().replace('-', '_');
        }
    }
}
