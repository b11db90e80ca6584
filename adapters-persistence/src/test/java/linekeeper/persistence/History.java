package linekeeper.persistence;

import linekeeper.application.contract.TestCalls;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

/// A database with years behind it: ended calls of 200 accounts, half of them the account `acc2`'s, and
/// a few that wait for each; of the account `acc1` many wait, in many campaigns. `-Dlinekeeper.history=1000000` sets how many
/// ended calls there are.
final class History {
    static final int ENDED = Integer.getInteger("linekeeper.history", 50_000);

    /// The most that wait in one account.
    static final int WAITING = Math.max(ENDED / 10, 50_000);

    private static final String ACCOUNTS =
            """
            INSERT INTO accounts (account_id, name, concurrency_limit)
            SELECT 'acc' || n, 'acc' || n, CASE WHEN n <= 4 THEN 20 END
              FROM generate_series(1, 200) n
            """;

    private static final String CALLS =
            """
            INSERT INTO calls (account_id, call_id, phone_number, campaign_id, driver_id, priority,
                               max_attempts, user_data, provider, created_at)
            SELECT 'acc' || CASE WHEN n % 2 = 0 THEN 2 ELSE 1 + n % 200 END, 'call-' || n,
                   '+1555' || lpad(CAST(n % 10 AS text), 7, '0'), CASE WHEN n % 3 > 0 THEN 'camp' || n % 7 END,
                   'driver' || n % 10, 0, 1,
                   '{"n":1}', 'simulated', at
              FROM (SELECT n, :now - (:ended - n) * interval '20 seconds' - interval '1 hour' AS at
                      FROM generate_series(1, :ended) n) x
            """;

    /// Nearly all are completed, as usual.
    private static final String ENDS =
            """
            INSERT INTO call_ends (account_id, call_id, created_at, outcome, provider, execution_id,
                                   started_at, ended_at, last_event)
            SELECT account_id, call_id, created_at,
                   CASE WHEN hashtext(call_id) % 100 = 0 THEN 'busy' ELSE 'completed' END, provider,
                   replace(call_id, 'call', 'ex'), created_at, created_at + interval '1 minute', 3
              FROM calls
            """;

    private static final String EXECUTIONS =
            """
            INSERT INTO executions (account_id, execution_id, provider, call_id)
            SELECT account_id, execution_id, provider, call_id FROM call_ends
            """;

    private static final String EVENTS =
            """
            INSERT INTO call_events (account_id, call_id, sequence, at, event, detail)
            SELECT account_id, call_id, s, created_at, 'event', '{"status":"completed"}'
              FROM call_ends, generate_series(1, 3) s
            """;

    private static final String CONVERSATIONS =
            """
            INSERT INTO conversations (account_id, conversation_id, call_id, lines)
            SELECT account_id, 'conv-' || call_id, call_id, 3 FROM call_ends
            """;

    private static final String TRANSCRIPTS =
            """
            INSERT INTO call_transcripts (account_id, conversation_id, sequence, role, message, at)
            SELECT account_id, conversation_id, s, 'user', 'Hello', NULL
              FROM conversations, generate_series(1, 3) s
            """;

    private static final String ARCHIVED =
            """
            INSERT INTO archived_calls (account_id, call_id, direction, phone_number, priority, max_attempts,
                                        user_data, provider, created_at, attempt,
                                        last_event, outcome, started_at, ended_at, attempts_by_campaign)
            SELECT account_id, replace(call_id, 'call', 'archived'), direction, phone_number, priority,
                   max_attempts, user_data, e.provider, timestamptz '1999-01-01Z', attempt,
                   last_event, outcome, started_at, ended_at, attempts_by_campaign
              FROM calls JOIN call_ends e USING (account_id, call_id)
            """;

    private static final String ARCHIVED_IDS =
            """
            INSERT INTO archived_ids (account_id, call_id, created_at)
            SELECT account_id, call_id, created_at FROM archived_calls
            """;

    private static final String ATTEMPTS =
            """
            INSERT INTO call_attempts (account_id, call_id, attempt, provider, execution_id, outcome,
                                       started_at, ended_at)
            SELECT account_id, call_id, 1, provider, replace(execution_id, 'ex', 'early'), 'busy',
                   created_at, created_at
              FROM call_ends
            """;

    private static final String NOTICES =
            """
            INSERT INTO notices (account_id, call_id, sequence, type, status, due_at, created_at)
            SELECT account_id, call_id, 3, 'call.ended',
                   CASE WHEN row_number() OVER (ORDER BY created_at DESC) < 500
                        THEN 'pending' ELSE 'delivered' END, created_at, created_at
              FROM call_ends
            """;

    private static final String WEBHOOKS =
            """
            INSERT INTO webhooks (account_id, url, events, secret, created_at)
            SELECT account_id, 'https://backend.example', ARRAY['call.ended'], 'whsec_c2VjcmV0', now()
              FROM accounts
            """;

    private static final String WAITING_CALLS =
            """
            INSERT INTO calls (account_id, call_id, phone_number, campaign_id, priority, max_attempts,
                               user_data, provider, created_at)
            SELECT 'acc1', 'w-' || n, '+15550000000', 'camp' || n % 50, 0, 1, CAST('{}' AS json), 'simulated',
                   :now - (:waiting - n) * interval '1 millisecond'
              FROM generate_series(1, :waiting) n
            UNION ALL
            SELECT 'acc' || (1 + n % 200), 'x-' || n, '+15550000000',
                   CASE WHEN n % 2 = 0 THEN 'camp' || n % 3 END, 0, 1, '{}', 'simulated',
                   :now - (4000 - n) * interval '1 millisecond'
              FROM generate_series(1, 4000) n
            """;

    private static final String QUEUE =
            """
            INSERT INTO call_queue (account_id, call_id, provider, campaign_id, priority, due_at,
                                    created_at)
            SELECT account_id, call_id, provider, COALESCE(campaign_id, ''), priority, created_at,
                   created_at
              FROM calls c
             WHERE NOT EXISTS (SELECT FROM call_ends e
                               WHERE e.account_id = c.account_id AND e.call_id = c.call_id)
             ORDER BY created_at
            """;

    private static final String CAMPAIGNS =
            """
            INSERT INTO campaigns (account_id, campaign_id, created_at)
            SELECT DISTINCT account_id, campaign_id, CAST(:now AS timestamptz)
              FROM calls
             WHERE campaign_id IS NOT NULL
            """;

    private History() {}

    static void writeTo(DataSource pool) {
        Database database = new Database(pool);
        database.inTransaction(
                () -> {
                    database.update(Sql.of("SET LOCAL statement_timeout = 0"));
                    database.update(Sql.of(ACCOUNTS));
                    database.update(Sql.of(CALLS).with("now", TestCalls.NOW).with("ended", ENDED));
                    database.update(Sql.of(ENDS));
                    database.update(Sql.of(EXECUTIONS));
                    database.update(Sql.of(EVENTS));
                    database.update(Sql.of(CONVERSATIONS));
                    database.update(Sql.of(TRANSCRIPTS));
                    database.update(Sql.of(ATTEMPTS));
                    database.update(Sql.of(NOTICES));
                    database.update(Sql.of(WEBHOOKS));
                    database.update(Sql.of(ARCHIVED));
                    database.update(Sql.of(ARCHIVED_IDS));
                    database.update(
                            Sql.of(WAITING_CALLS)
                                    .with("now", TestCalls.NOW)
                                    .with("waiting", WAITING));
                    database.update(Sql.of(QUEUE));
                    database.update(Sql.of(CAMPAIGNS).with("now", TestCalls.NOW));
                    return true;
                });
        vacuum(pool);
    }

    /// As the server would by itself, in time.
    private static void vacuum(DataSource pool) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            statement.execute("SET statement_timeout = 0");
            statement.execute("VACUUM ANALYZE");
            statement.execute("RESET statement_timeout");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
