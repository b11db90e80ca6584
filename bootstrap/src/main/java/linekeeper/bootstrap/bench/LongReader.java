package linekeeper.bootstrap.bench;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.SQLException;

/// Somebody who looks at the database in one transaction for minutes, as reports and backups do: while
/// it is open, no vacuum can take away what has died since. Not thread-safe.
final class LongReader implements AutoCloseable {
    private final Ground ground;
    private @Nullable Connection open;

    LongReader(Ground ground) {
        this.ground = ground;
    }

    boolean isOpen() {
        return open != null;
    }

    /// Opens or closes it, if that is not so already.
    void set(boolean wanted) throws SQLException {
        if (wanted && open == null) {
            Connection connection = ground.connect();
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.createStatement().executeQuery("SELECT count(*) FROM accounts").close();
            open = connection;
        } else if (!wanted) {
            close();
        }
    }

    @Override
    public void close() throws SQLException {
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
