package linekeeper.persistence;

import linekeeper.application.port.StoreUnavailable;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

import java.sql.DriverManager;
import java.sql.SQLException;

/// Brings the schema up to this release: forward only, each step compatible with the release before
/// (E8). Nodes that start at the same time wait for one another.
public final class Migrations {
    private Migrations() {}

    /// The version the schema has afterwards. Uses connections of its own: it needs two, and the pool
    /// may have one.
    ///
    /// @throws StoreUnavailable its cause says why
    public static String run(Coordinates where) {
        reach(where);
        try {
            return Flyway.configure()
                    .dataSource(where.url(), where.user(), where.password())
                    .locations("classpath:db/migration")
                    .cleanDisabled(true)
                    .load()
                    .migrate()
                    .targetSchemaVersion;
        } catch (FlywayException e) {
            throw new StoreUnavailable("The schema cannot be brought up to date", e);
        }
    }

    /// The driver says what is wrong with a URL or a password; Flyway wraps it in a page of its own.
    private static void reach(Coordinates where) {
        try {
            DriverManager.getConnection(where.url(), where.user(), where.password()).close();
        } catch (SQLException e) {
            throw new StoreUnavailable("The database cannot be reached", e);
        }
    }
}
