package linekeeper.persistence;

import linekeeper.application.port.Upkeep;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;

/// Drops months of history whole once all of them is older than it is kept for: timelines and notices,
/// never the records of the calls. What lies in the default partition is deleted, a bounded batch a
/// run. Several nodes may run it. Thread-safe.
final class OldMonths implements Upkeep {
    private static final Logger LOG = System.getLogger(OldMonths.class.getName());

    private final Database database;
    private final Duration kept;

    /// @param kept longer than a notice is tried and any call may wait
    OldMonths(Database database, Duration kept) {
        this.database = database;
        this.kept = kept;
    }

    /// @throws linekeeper.application.port.StoreUnavailable also if the tables are too busy to be
    ///     locked for a moment; the next run tries again
    @Override
    public void run(Instant now) {
        Instant cutoff = now.minus(kept);
        sweep("call_events", "at", cutoff);
        sweep("notices", "created_at", cutoff);
    }

    private void sweep(String table, String column, Instant cutoff) {
        String first = table + "_" + word(YearMonth.from(cutoff.atOffset(ZoneOffset.UTC)));
        months(table, first).forEach(this::drop);
        database.update(
                Sql.of(
                                """
                                DELETE FROM %1$s_default WHERE ctid = ANY (ARRAY(
                                    SELECT ctid FROM %1$s_default
                                    WHERE %2$s < :cutoff LIMIT 5000 FOR UPDATE SKIP LOCKED))
                                """
                                        .formatted(table, column))
                        .with("cutoff", cutoff));
    }

    /// Months are named so that their order is that of their names.
    private List<String> months(String table, String first) {
        return database.query(
                Sql.of(
                                """
                                SELECT c.relname AS name
                                FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                                WHERE i.inhparent = CAST(CAST(:table AS text) AS regclass)
                                  AND c.relname ~ CAST(:shape AS text) AND c.relname < :first
                                ORDER BY c.relname
                                """)
                        .with("table", table)
                        .with("shape", "^" + table + "_[0-9]{4}_[0-9]{2}$")
                        .with("first", first),
                row -> row.text("name"));
    }

    private void drop(String month) {
        database.inTransaction(
                () -> {
                    database.update(Sql.of("SET LOCAL lock_timeout = '1s'"));
                    return database.update(Sql.of("DROP TABLE IF EXISTS " + month));
                });
        LOG.log(Level.INFO, () -> "dropped " + month + ", older than " + kept);
    }

    private static String word(YearMonth month) {
        return month.toString().replace('-', '_');
    }
}
