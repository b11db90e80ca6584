package linekeeper.persistence;

import linekeeper.application.port.CallQueue;
import linekeeper.application.port.Standing;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallKey;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.QueuedCall;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The waiting calls.
final class PostgresQueue implements CallQueue {
    private final Database database;
    private final Standings standings;
    private final Limits limits;

    PostgresQueue(Database database, Standings standings, Limits limits) {
        this.database = database;
        this.standings = standings;
        this.limits = limits;
    }

    @Override
    public Optional<Standing> standing(CallKey key, Instant now) {
        return Optional.ofNullable(standings.of(List.of(key), now).get(key));
    }

    @Override
    public Status status(AccountId account, Instant now) {
        return database.inTransaction(() -> counted(account, now));
    }

    private Status counted(AccountId account, Instant now) {
        Sql counts =
                Sql.of(
                                """
                                SELECT
                                    (SELECT count(*) FROM call_queue
                                     WHERE account_id = :account AND campaign_id = '') AS direct,
                                    (SELECT count(*) FROM call_queue
                                     WHERE account_id = :account AND campaign_id <> '') AS campaign,
                                    (SELECT count(*) FROM active_calls
                                     WHERE account_id = :account AND campaign_id = '')
                                        AS direct_live,
                                    (SELECT count(*) FROM active_calls
                                     WHERE account_id = :account AND campaign_id <> '')
                                        AS campaign_live,
                                    COALESCE((SELECT concurrency_limit FROM accounts
                                              WHERE account_id = :account),
                                             CAST(:account_limit AS int)) AS account_limit
                                """)
                        .with("account", account.value())
                        .with("account_limit", limits.account());
        return database.queryOne(
                        counts,
                        row ->
                                new Status(
                                        new Counts(
                                                row.integer("direct"), row.integer("direct_live")),
                                        new Counts(
                                                row.integer("campaign"),
                                                row.integer("campaign_live")),
                                        nextDirect(account, now).orElse(null),
                                        row.integer("account_limit")))
                .orElseThrow();
    }

    private Optional<QueuedCall> nextDirect(AccountId account, Instant now) {
        Sql next =
                Sql.of(
                                CallSelects.ANY
                                        + """
                                        WHERE q.account_id = :account AND q.campaign_id = ''
                                          AND q.due_at <= :now
                                        ORDER BY q.priority DESC, q.due_at, q.ticket LIMIT 1
                                        """)
                        .with("account", account.value())
                        .with("now", now);
        return database.queryOne(next, row -> (QueuedCall) CallRows.call(row));
    }

    @Override
    public List<CallKey> expired(Instant now, int most) {
        Sql expired =
                Sql.of(
                                """
                                SELECT account_id, call_id FROM call_queue
                                WHERE expires_at <= :now ORDER BY expires_at LIMIT :most
                                """)
                        .with("now", now)
                        .with("most", most);
        return database.query(expired, CallRows::key);
    }

    /// Begins with the few accounts that have another way at all.
    @Override
    public List<CallKey> reroutable(
            Set<ProviderName> failing, Set<ProviderName> usable, Instant now, int most) {
        Sql reroutable =
                Sql.of(
                                """
                                SELECT q.account_id, q.call_id
                                FROM (SELECT DISTINCT account_id FROM agents
                                      WHERE provider = ANY (CAST(:usable AS text[]))) w
                                JOIN call_queue q ON q.account_id = w.account_id
                                    AND q.provider = ANY (CAST(:failing AS text[]))
                                    AND q.due_at <= :now
                                JOIN calls c ON c.account_id = q.account_id
                                    AND c.call_id = q.call_id
                                LEFT JOIN campaigns m ON m.account_id = c.account_id
                                    AND m.campaign_id = c.campaign_id
                                JOIN agents a ON a.account_id = c.account_id
                                    AND a.agent_id = COALESCE(c.agent_id, m.agent_id)
                                WHERE EXISTS (
                                    SELECT FROM agents s
                                    WHERE s.account_id = a.account_id
                                      AND (s.agent_id = a.agent_id
                                           OR s.agent_id = ANY (a.failover))
                                      AND s.provider = ANY (CAST(:usable AS text[])))
                                ORDER BY q.due_at, q.ticket LIMIT :most
                                """)
                        .column("failing", List.copyOf(failing), provider -> provider)
                        .column("usable", List.copyOf(usable), provider -> provider)
                        .with("now", now)
                        .with("most", most);
        return database.query(reroutable, CallRows::key);
    }

    @Override
    public List<CallKey> astray(AccountId account, int most) {
        Sql astray =
                Sql.of(
                                """
                                SELECT q.account_id, q.call_id
                                FROM call_queue q
                                JOIN calls c ON c.account_id = q.account_id
                                    AND c.call_id = q.call_id
                                LEFT JOIN campaigns m ON m.account_id = c.account_id
                                    AND m.campaign_id = c.campaign_id
                                JOIN agents a ON a.account_id = c.account_id
                                    AND a.agent_id = COALESCE(c.agent_id, m.agent_id)
                                WHERE q.account_id = :account AND NOT EXISTS (
                                    SELECT FROM agents s
                                    WHERE s.account_id = a.account_id
                                      AND (s.agent_id = a.agent_id
                                           OR s.agent_id = ANY (a.failover))
                                      AND s.provider = q.provider)
                                ORDER BY q.due_at, q.ticket LIMIT :most
                                """)
                        .with("account", account.value())
                        .with("most", most);
        return database.query(astray, CallRows::key);
    }
}
