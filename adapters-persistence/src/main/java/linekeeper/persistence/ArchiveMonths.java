package linekeeper.persistence;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Makes the months of the archive when something is to be moved into them. Several nodes may.
/// Thread-safe.
final class ArchiveMonths {
    /// What was before lies in one partition, so that no import can make thousands.
    private static final YearMonth FIRST = YearMonth.of(2000, 1);

    private final Database database;
    private final Set<YearMonth> made = ConcurrentHashMap.newKeySet();

    ArchiveMonths(Database database) {
        this.database = database;
    }

    /// @throws linekeeper.application.port.StoreUnavailable also if the archive is too busy to be locked
    ///     for a moment; the next step tries again
    void make(Collection<Instant> times) {
        times.stream()
                .map(at -> YearMonth.from(at.atOffset(ZoneOffset.UTC)))
                .filter(month -> !month.isBefore(FIRST))
                .distinct()
                .filter(month -> !made.contains(month))
                .forEach(this::make);
    }

    private void make(YearMonth month) {
        database.inTransaction(
                () -> {
                    database.update(Sql.of("SET LOCAL lock_timeout = '1s'"));
                    Partitions.waitForOtherNodes(database);
                    return database.update(Sql.of(create(month)));
                });
        made.add(month);
    }

    private static String create(YearMonth month) {
        return """
        CREATE TABLE IF NOT EXISTS archived_calls_%s PARTITION OF archived_calls
            FOR VALUES FROM ('%s-01Z') TO ('%s-01Z')
        """
                .formatted(month.toString().replace('-', '_'), month, month.plusMonths(1));
    }
}
