package linekeeper.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import java.time.Duration;

import javax.sql.DataSource;

/// A small, fixed pool of connections. Every wait has a limit: for a connection, for a statement, for
/// the network. Closing it waits for nobody.
public final class ConnectionPool implements AutoCloseable {
    private static final Duration CONNECTION_WAIT = Duration.ofSeconds(5);
    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(30);

    private final HikariDataSource pool;

    private ConnectionPool(HikariDataSource pool) {
        this.pool = pool;
    }

    /// Opens no connection yet: the service starts, and is not ready, while its database is away.
    public static ConnectionPool open(Coordinates where, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("linekeeper");
        config.setJdbcUrl(where.url());
        config.setUsername(where.user());
        config.setPassword(where.password());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(size);
        config.setConnectionTimeout(CONNECTION_WAIT.toMillis());
        config.setInitializationFailTimeout(-1);
        config.setAutoCommit(false);
        config.addDataSourceProperty("ApplicationName", "linekeeper");
        config.addDataSourceProperty("stringtype", "unspecified");
        config.addDataSourceProperty("prepareThreshold", "1");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("connectTimeout", "5");
        config.addDataSourceProperty("socketTimeout", "60");
        config.addDataSourceProperty("options", options());
        return new ConnectionPool(new HikariDataSource(config));
    }

    /// No statement is compiled: over many accounts the planner takes a claim for a long one, and
    /// compiling it takes a second, in which every other claim waits at the gate. Every statement is
    /// planned once per connection, for whatever values come: planning a claim anew takes longer than
    /// running it, and the plans of the tests are then those of the service.
    private static String options() {
        return "-c statement_timeout="
                + STATEMENT_LIMIT.toMillis()
                + " -c jit=off -c plan_cache_mode=force_generic_plan";
    }

    public DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
    }
}
