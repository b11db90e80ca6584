package linekeeper.bootstrap;

import linekeeper.bootstrap.settings.Settings;
import linekeeper.persistence.ConnectionPool;
import linekeeper.persistence.Coordinates;
import linekeeper.persistence.Database;
import linekeeper.persistence.Migrations;
import linekeeper.persistence.PostgresStores;
import linekeeper.persistence.embedded.EmbeddedDatabase;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;

/// The database: the embedded one, started and stopped with us, or one that is given. Its schema is up
/// to date once this is open. Not thread-safe.
public final class Storage implements AutoCloseable {
    private final @Nullable EmbeddedDatabase embedded;
    private final ConnectionPool pool;
    private final Coordinates where;
    private final Database database;

    private Storage(@Nullable EmbeddedDatabase embedded, ConnectionPool pool, Coordinates where) {
        this.embedded = embedded;
        this.pool = pool;
        this.where = where;
        this.database = new Database(pool.dataSource());
    }

    /// @throws linekeeper.persistence.embedded.FolderInUse another process has the data folder
    public static Storage open(Settings.Store data) {
        Coordinates given = data.given();
        if (given != null) {
            return open(given, null, data.pool());
        }
        EmbeddedDatabase embedded = EmbeddedDatabase.start(data.folder(), cache());
        try {
            return open(embedded.coordinates(), embedded, data.pool());
        } catch (RuntimeException e) {
            embedded.close();
            throw e;
        }
    }

    /// For a command beside a running service: visits its embedded database instead of starting it.
    public static Storage visit(Settings.Store data) {
        if (data.given() == null) {
            var running = EmbeddedDatabase.running(data.folder());
            if (running.isPresent()) {
                return open(running.get(), null, 1);
            }
        }
        return open(data);
    }

    private static Storage open(
            Coordinates where, @Nullable EmbeddedDatabase embedded, int poolSize) {
        Migrations.run(where);
        return new Storage(embedded, ConnectionPool.open(where, poolSize), where);
    }

    public PostgresStores stores(Settings settings) {
        return PostgresStores.over(
                database, settings.limits(), new MicrosClock(), settings.store().historyKept());
    }

    /// Where the database is.
    public Coordinates where() {
        return where;
    }

    /// What was asked of the database since it was opened.
    Database.Work work() {
        return database.work();
    }

    /// Starts the embedded database again if it has died; true: it had.
    boolean revive() throws IOException {
        return embedded != null && embedded.revive();
    }

    @Override
    public void close() {
        pool.close();
        if (embedded != null) {
            embedded.close();
        }
    }

    private static Path cache() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path base =
                configured == null || configured.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(configured);
        return base.resolve("linekeeper");
    }
}
