package linekeeper.bootstrap.bench;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;

/// Leads one call after the other through its four transactions. Runs on a thread of its own.
final class BaselineWorker implements Runnable {
    /// So high that it is never reached: what is measured is the check.
    private static final int LIMIT = 1_000;

    private final Connection connection;
    private final int number;
    private final Stopping stopping;
    private final LongAdder ended = new LongAdder();

    BaselineWorker(Connection connection, int number, Stopping stopping) {
        this.connection = connection;
        this.number = number;
        this.stopping = stopping;
    }

    long ended() {
        return ended.sum();
    }

    @Override
    public void run() {
        try (connection) {
            connection.setAutoCommit(false);
            try (Statements statements = new Statements(connection)) {
                for (long call = 0; !stopping.asked; call++) {
                    statements.lead(account(), number + "-" + call);
                    ended.increment();
                }
            }
        } catch (SQLException e) {
            stopping.failed(e);
        }
    }

    private static String account() {
        return "naive-" + ThreadLocalRandom.current().nextInt(Baseline.ACCOUNTS);
    }

    /// Ends all workers, and keeps the first failure.
    static final class Stopping {
        private volatile boolean asked;
        private volatile @Nullable SQLException failure;

        void now() {
            asked = true;
        }

        private void failed(SQLException e) {
            failure = e;
            asked = true;
        }

        void complain() throws SQLException {
            SQLException first = failure;
            if (first != null) {
                throw first;
            }
        }
    }

    private static final class Statements implements AutoCloseable {
        private final Connection connection;
        private final PreparedStatement accept;
        private final PreparedStatement lock;
        private final PreparedStatement count;
        private final PreparedStatement take;
        private final PreparedStatement dialing;
        private final PreparedStatement bindCall;
        private final PreparedStatement bindSlot;
        private final PreparedStatement end;
        private final PreparedStatement free;
        private final PreparedStatement notice;

        Statements(Connection connection) throws SQLException {
            this.connection = connection;
            accept =
                    prepare(
                            "INSERT INTO naive.calls VALUES (?, ?, '+14155550100', 'queued', NULL,"
                                    + " now(), NULL)");
            lock = prepare("SELECT pg_advisory_xact_lock(hashtext(?))");
            count = prepare("SELECT count(*) FROM naive.active_calls WHERE account_id = ?");
            take = prepare("INSERT INTO naive.active_calls VALUES (?, ?, NULL, now())");
            dialing = prepare(update("calls", "status = 'dialing'"));
            bindCall = prepare(update("calls", "status = 'ringing', execution_id = call_id"));
            bindSlot = prepare(update("active_calls", "execution_id = call_id"));
            end = prepare(update("calls", "status = 'completed', ended_at = now()"));
            free = prepare("DELETE FROM naive.active_calls WHERE account_id = ? AND call_id = ?");
            notice = prepare("INSERT INTO naive.notices VALUES (?, ?, 'call.ended', now())");
        }

        private static String update(String table, String change) {
            return "UPDATE naive.%s SET %s WHERE account_id = ? AND call_id = ?"
                    .formatted(table, change);
        }

        private PreparedStatement prepare(String sql) throws SQLException {
            return connection.prepareStatement(sql);
        }

        void lead(String account, String call) throws SQLException {
            write(accept, account, call);
            connection.commit();
            claim(account, call);
            connection.commit();
            write(bindCall, account, call);
            write(bindSlot, account, call);
            connection.commit();
            write(end, account, call);
            write(free, account, call);
            write(notice, account, call);
            connection.commit();
        }

        private void claim(String account, String call) throws SQLException {
            lock.setString(1, account);
            lock.executeQuery().close();
            count.setString(1, account);
            try (ResultSet live = count.executeQuery()) {
                live.next();
                if (live.getLong(1) >= LIMIT) {
                    throw new SQLException("more live calls than there are threads");
                }
            }
            write(take, account, call);
            write(dialing, account, call);
        }

        private static void write(PreparedStatement statement, String account, String call)
                throws SQLException {
            statement.setString(1, account);
            statement.setString(2, call);
            statement.executeUpdate();
        }

        /// The connection takes its statements with it.
        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
