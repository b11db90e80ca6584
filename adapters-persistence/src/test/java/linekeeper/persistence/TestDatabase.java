package linekeeper.persistence;

import linekeeper.persistence.embedded.EmbeddedDatabase;

import org.flywaydb.core.Flyway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// One embedded PostgreSQL for all tests of this JVM; every caller gets a fresh database in it.
public final class TestDatabase {
    private static final EmbeddedDatabase SERVER = start();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private TestDatabase() {}

    /// An empty database without schema.
    public static Coordinates fresh() {
        Coordinates server = SERVER.coordinates();
        String name = "test_" + COUNT.incrementAndGet();
        try (ConnectionPool pool = ConnectionPool.open(server, 1);
                var connection = pool.dataSource().getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            statement.execute("CREATE DATABASE " + name);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
        String url = server.url().replaceAll("/postgres$", "/" + name);
        return new Coordinates(url, server.user(), server.password());
    }

    /// A database with the schema of an earlier version.
    static Coordinates ofVersion(String version) {
        Coordinates where = fresh();
        Flyway.configure()
                .dataSource(where.url(), where.user(), where.password())
                .locations("classpath:db/migration")
                .target(version)
                .load()
                .migrate();
        return where;
    }

    /// Where PostgreSQL's programs are unpacked for tests.
    public static Path cache() {
        return Path.of(System.getProperty("java.io.tmpdir"), "linekeeper-test-cache");
    }

    private static EmbeddedDatabase start() {
        try {
            Path folder = Files.createTempDirectory("linekeeper-test");
            EmbeddedDatabase server = EmbeddedDatabase.start(folder, cache());
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
