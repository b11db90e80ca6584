package linekeeper.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

/// A transaction that somebody keeps open: what dies meanwhile cannot be taken away until it is closed.
final class OpenReader implements AutoCloseable {
    private final Connection connection;

    OpenReader(DataSource pool) throws SQLException {
        connection = pool.getConnection();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (Statement first = connection.createStatement()) {
            first.execute("SELECT 1 FROM accounts");
        }
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.close();
    }
}
