package linekeeper.persistence;

import linekeeper.application.port.StoreUnavailable;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// Brings the schema up to this release: forward only, each step compatible with the release before
/// (E8). Nodes that start at the same time wait for one another.
public final class Migrations {
    private Migrations() {}

    /// The version the schema has afterwards. Uses connections of its own: it needs two, and the pool
    /// may have one.
    public static String run(Coordinates where) {
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
}
