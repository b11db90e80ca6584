package linekeeper.bootstrap.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/// Fills the tables as years of calls would, set by set. Not thread-safe.
final class DeepLoad {
    private static final String INDEXES =
            """
            SELECT indexname, indexdef FROM pg_indexes
            WHERE schemaname = current_schema() AND tablename IN ('calls', 'call_ends')
              AND indexname NOT LIKE '%_pkey'
            """;
    private static final String ACCOUNTS =
            """
            INSERT INTO accounts (account_id, name, concurrency_limit)
            SELECT 'deep-' || n, 'deep', 1 FROM generate_series(0, :accounts - 1) AS n
            ON CONFLICT DO NOTHING
            """;

    /// Every account has its one slot in use.
    private static final String LIVE =
            """
            WITH call AS (
                INSERT INTO calls (account_id, call_id, phone_number, priority, max_attempts,
                                   user_data, provider, created_at)
                SELECT 'deep-' || n, 'live', '+14155550100', 100, 1, '{}', 'simulated', now()
                FROM generate_series(0, :accounts - 1) AS n
                RETURNING account_id, call_id, created_at
            ), execution AS (
                INSERT INTO executions (account_id, execution_id, provider, call_id)
                SELECT account_id, 'live-' || account_id, 'simulated', call_id FROM call)
            INSERT INTO active_calls (account_id, call_id, status, last_event, attempt, provider,
                                      campaign_id, reserved_at, reserved_event, execution_id, seen_at,
                                      progress, due_at, account_limit, system_limit)
            SELECT account_id, call_id, 'in_progress', 2, 1, 'simulated', '', created_at, 2,
                   'live-' || account_id, created_at, 'answered', created_at, 1, 100000
            FROM call
            """;

    private static final String ENDED =
            """
            WITH past AS MATERIALIZED (
                SELECT n, 'deep-' || n % :accounts AS account_id, gen_random_uuid() AS call_id,
                       now() - interval '1 hour' - n * interval '0.2 seconds' AS at
                FROM generate_series(:from, :from + :count - 1) AS n
            ), call AS (
                INSERT INTO calls (account_id, call_id, phone_number, priority, max_attempts, user_data,
                                   provider, created_at)
                SELECT account_id, call_id, '+1415556' || lpad(n % 10000 || '', 4, '0'), 100, 1,
                       '{"customer":"c-4711","language":"en"}', 'simulated', at
                FROM past
            ), execution AS (
                INSERT INTO executions (account_id, execution_id, provider, call_id)
                SELECT account_id, 'past-' || n, 'simulated', call_id FROM past)
            INSERT INTO call_ends (account_id, call_id, created_at, provider, last_event, execution_id,
                                   answered_at, outcome, started_at, ended_at)
            SELECT account_id, call_id, at, 'simulated', 6, 'past-' || n, at, 'completed', at,
                   at + interval '1 minute'
            FROM past
            """;

    /// Every second one is of one of ten accounts.
    private static final String QUEUED =
            """
            WITH call AS (
                INSERT INTO calls (account_id, call_id, phone_number, priority, max_attempts,
                                   user_data, provider, created_at)
                SELECT 'deep-' || CASE n % 2 WHEN 0 THEN n / 2 % 10 ELSE n / 2 % :accounts END,
                       gen_random_uuid(), '+1415556' || lpad(n % 10000 || '', 4, '0'), 100, 1,
                       '{"customer":"c-4711","language":"en"}', 'simulated',
                       now() - interval '1 minute'
                FROM generate_series(:from, :from + :count - 1) AS n
                RETURNING account_id, call_id, created_at)
            INSERT INTO call_queue (account_id, call_id, provider, campaign_id, priority, due_at,
                                    created_at)
            SELECT account_id, call_id, 'simulated', '', 100, created_at, created_at FROM call
            """;

    private static final int CHUNK = 250_000;

    private final Ground ground;

    DeepLoad(Ground ground) {
        this.ground = ground;
    }

    void accounts(int count) throws SQLException {
        ground.run(filled(ACCOUNTS, 0, 0, count));
        ground.run(filled(LIVE, 0, 0, count));
        ground.run("VACUUM ANALYZE");
    }

    /// The indexes are made afterwards, which is much faster for many.
    void ended(int count, int accounts) throws SQLException {
        try (Connection connection = ground.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET maintenance_work_mem = '512MB'; SET synchronous_commit = off");
            Map<String, String> indexes = indexes(statement);
            for (String name : indexes.keySet()) {
                statement.execute("DROP INDEX " + name);
            }
            insert(statement, ENDED, 0, count, accounts);
            for (String definition : indexes.values()) {
                statement.execute(definition);
            }
            statement.execute("VACUUM ANALYZE calls, call_ends");
        }
    }

    void queued(int from, int count, int accounts) throws SQLException {
        try (Connection connection = ground.connect();
                Statement statement = connection.createStatement()) {
            insert(statement, QUEUED, from, count, accounts);
            statement.execute("VACUUM ANALYZE");
        }
    }

    private static void insert(Statement statement, String sql, int from, int count, int accounts)
            throws SQLException {
        for (int done = 0; done < count; done += CHUNK) {
            int size = Math.min(CHUNK, count - done);
            statement.execute(filled(sql, from + done, size, accounts));
        }
    }

    private static String filled(String sql, int from, int count, int accounts) {
        return sql.replace(":from", Integer.toString(from))
                .replace(":count", Integer.toString(count))
                .replace(":accounts", Integer.toString(accounts));
    }

    private static Map<String, String> indexes(Statement statement) throws SQLException {
        Map<String, String> indexes = new LinkedHashMap<>();
        try (ResultSet rows = statement.executeQuery(INDEXES)) {
            while (rows.next()) {
                indexes.put(rows.getString(1), rows.getString(2));
            }
        }
        return indexes;
    }
}
