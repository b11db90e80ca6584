package linekeeper.persistence;

import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbClientException;
import io.helidon.dbclient.DbRow;
import io.helidon.dbclient.DbTransaction;
import io.helidon.dbclient.jdbc.JdbcClientBuilder;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import javax.sql.DataSource;

/// The only user of DbClient. Every statement runs in a transaction, so that a statement that DbClient
/// fails to prepare cannot leak its connection: the rollback gives it back. Thread-safe.
///
/// @see StoreErrors for what its failures mean
public final class Database {
    private static final ScopedValue<DbTransaction> OPEN = ScopedValue.newInstance();
    private static final int TRIES = 4;

    private final DbClient client;
    private final LongAdder statements = new LongAdder();
    private final LongAdder commits = new LongAdder();
    private final Set<Connection> connections = Collections.newSetFromMap(new WeakHashMap<>());
    private final AtomicLong connected = new AtomicLong();

    public Database(DataSource pool) {
        this.client = JdbcClientBuilder.create().connectionPool(() -> connection(pool)).build();
    }

    /// How many connections have been used so far. While it stays the same, so does the database: one that
    /// has crashed, was restored or is another one now is reached by new connections.
    long connections() {
        return connected.get();
    }

    /// Runs `work` in a transaction: the caller's own if it is in one already. Work that lost against
    /// a concurrent transaction (deadlock, serialization) runs again, a few times.
    ///
    /// @throws linekeeper.application.port.StoreUnavailable the database cannot answer now
    <T> T inTransaction(Supplier<T> work) {
        if (OPEN.isBound()) {
            return work.get();
        }
        for (int tried = 1; ; tried++) {
            try {
                return once(work);
            } catch (RuntimeException e) {
                if (tried == TRIES || !StoreErrors.lostRace(e)) {
                    throw StoreErrors.translate(e);
                }
            }
        }
    }

    /// What was asked of the database so far, by this process.
    public Work work() {
        return new Work(statements.sum(), commits.sum());
    }

    /// @param commits of transactions, those that only read among them
    public record Work(long statements, long commits) {
        /// What was asked since `earlier`.
        public Work since(Work earlier) {
            return new Work(statements - earlier.statements, commits - earlier.commits);
        }
    }

    <T> List<T> query(Sql sql, Function<Row, T> mapper) {
        statements.increment();
        return inTransaction(
                () -> {
                    try (Stream<DbRow> rows =
                            OPEN.get().createQuery(sql.text()).params(sql.parameters()).execute()) {
                        return rows.map(row -> mapper.apply(new Row(row))).toList();
                    }
                });
    }

    /// The only row of the answer.
    <T> Optional<T> queryOne(Sql sql, Function<Row, T> mapper) {
        List<T> rows = query(sql, mapper);
        if (rows.size() > 1) {
            throw new IllegalStateException(rows.size() + " rows for one indicates a bug");
        }
        return rows.stream().findFirst();
    }

    /// How many rows were changed.
    long update(Sql sql) {
        statements.increment();
        return inTransaction(
                () -> OPEN.get().createDmlStatement(sql.text()).params(sql.parameters()).execute());
    }

    private <T> T once(Supplier<T> work) {
        DbTransaction transaction = client.transaction();
        try {
            T result = ScopedValue.where(OPEN, transaction).call(work::get);
            transaction.commit();
            commits.increment();
            return result;
        } catch (RuntimeException | Error e) {
            rollBack(transaction, e);
            throw e;
        }
    }

    private void note(Connection behindThePool) {
        synchronized (connections) {
            if (connections.add(behindThePool)) {
                connected.incrementAndGet();
            }
        }
    }

    /// The first failure is the one that tells; a failed commit has closed the connection already.
    private static void rollBack(DbTransaction transaction, Throwable first) {
        try {
            transaction.rollback();
        } catch (RuntimeException e) {
            first.addSuppressed(e);
        }
    }

    private Connection connection(DataSource pool) {
        try {
            Connection connection = pool.getConnection();
            connection.setAutoCommit(false);
            note(connection.unwrap(Connection.class));
            return connection;
        } catch (SQLException e) {
            throw new DbClientException("No connection", e);
        }
    }
}
