package linekeeper.persistence;

import linekeeper.application.port.Upkeep;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/// Makes the months of history ahead of time, so that old ones can be dropped whole. A month that is
/// missing is no trouble: its rows go to the default partition.
final class Partitions implements Upkeep {
    private static final int MONTHS_AHEAD = 2;

    private final Database database;
    private final AtomicReference<@Nullable YearMonth> made = new AtomicReference<>();

    Partitions(Database database) {
        this.database = database;
    }

    @Override
    public void run(Instant now) {
        YearMonth month = YearMonth.from(now.atOffset(ZoneOffset.UTC));
        if (month.equals(made.get())) {
            return;
        }
        for (int ahead = 1; ahead <= MONTHS_AHEAD; ahead++) {
            make("call_events", month.plusMonths(ahead));
            make("notices", month.plusMonths(ahead));
        }
        made.set(month);
    }

    /// The current month is left to the default partition: making it would move what is there.
    private void make(String table, YearMonth month) {
        database.update(
                Sql.of(
                        "CREATE TABLE IF NOT EXISTS %s_%s PARTITION OF %s FOR VALUES FROM ('%s-01') TO ('%s-01')"
                                .formatted(
                                        table,
                                        month.toString().replace('-', '_'),
                                        table,
                                        month,
                                        month.plusMonths(1))));
    }
}
