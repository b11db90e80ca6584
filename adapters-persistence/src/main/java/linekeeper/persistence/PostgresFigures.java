package linekeeper.persistence;

import linekeeper.application.port.Figures;
import linekeeper.domain.AccountId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.CallType;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;

/// Counts the two hot tables. Counting every waiting call reads the whole of the queue's index, some
/// ten milliseconds per hundred thousand, so callers keep the answer for some seconds.
final class PostgresFigures implements Figures {
    private static final String WAITING =
            """
            WITH counted AS (
                SELECT account_id, campaign_id <> '' AS campaign, count(*) AS calls
                FROM call_queue GROUP BY 1, 2
            ), ranked AS (
                SELECT *, dense_rank() OVER (ORDER BY total DESC, account_id) AS place
                FROM (SELECT *, sum(calls) OVER (PARTITION BY account_id) AS total
                      FROM counted) x
            )
            SELECT CASE WHEN place <= :most THEN account_id END AS account_id, campaign,
                   sum(calls) AS calls
            FROM ranked GROUP BY 1, 2
            """;

    private static final String ACTIVE =
            """
            WITH counted AS (
                SELECT account_id, provider, count(*) AS calls
                FROM active_calls GROUP BY 1, 2
            ), ranked AS (
                SELECT *, dense_rank() OVER (ORDER BY total DESC, account_id) AS place
                FROM (SELECT *, sum(calls) OVER (PARTITION BY account_id) AS total
                      FROM counted) x
            )
            SELECT CASE WHEN place <= :most THEN account_id END AS account_id, provider,
                   sum(calls) AS calls
            FROM ranked GROUP BY 1, 2
            """;

    private static final String WAITING_OF_ONE =
            """
            SELECT account_id, campaign_id <> '' AS campaign, count(*) AS calls
            FROM call_queue WHERE account_id = :account GROUP BY 1, 2
            """;

    private static final String ACTIVE_OF_ONE =
            """
            SELECT account_id, provider, count(*) AS calls
            FROM active_calls WHERE account_id = :account GROUP BY 1, 2
            """;

    private static final String TROUBLE =
            """
            SELECT count(*) FILTER (WHERE execution_id IS NULL
                                      AND reserved_at <= :unbound) AS unbound,
                   count(*) FILTER (WHERE execution_id IS NOT NULL
                                      AND seen_at <= :stale) AS stale
            FROM active_calls
            """;

    /// Leases are given out one after the other, so the older ones of a slot that are live still were
    /// live when it was given out. Each slot is judged by the limits it was given out under.
    private static final String BEYOND_LIMIT =
            """
            SELECT lease
            FROM (SELECT lease, account_limit, campaign_limit, provider_limit, system_limit,
                         row_number() OVER (PARTITION BY account_id ORDER BY lease) AS of_account,
                         row_number() OVER (PARTITION BY account_id, campaign_id
                                            ORDER BY lease) AS of_campaign,
                         row_number() OVER (PARTITION BY provider ORDER BY lease) AS of_provider,
                         row_number() OVER (ORDER BY lease) AS of_all
                  FROM active_calls) s
            WHERE of_account > account_limit OR of_campaign > campaign_limit
               OR of_provider > provider_limit OR of_all > system_limit
            LIMIT 1000
            """;

    private final Database database;

    PostgresFigures(Database database) {
        this.database = database;
    }

    @Override
    public Load load(int most) {
        return new Load(
                waiting(Sql.of(WAITING).with("most", most)),
                active(Sql.of(ACTIVE).with("most", most)));
    }

    @Override
    public Load load(AccountId account) {
        return new Load(
                waiting(Sql.of(WAITING_OF_ONE).with("account", account.value())),
                active(Sql.of(ACTIVE_OF_ONE).with("account", account.value())));
    }

    private List<Waiting> waiting(Sql sql) {
        return database.query(
                sql,
                row ->
                        new Waiting(
                                account(row),
                                row.flag("campaign") ? CallType.CAMPAIGN : CallType.DIRECT,
                                row.number("calls")));
    }

    private List<Active> active(Sql sql) {
        return database.query(
                sql,
                row ->
                        new Active(
                                account(row),
                                new ProviderName(row.text("provider")),
                                row.number("calls")));
    }

    @Override
    public Trouble trouble(Instant unboundSince, Instant staleSince) {
        var beyond = new HashSet<>(database.query(Sql.of(BEYOND_LIMIT), r -> r.number("lease")));
        Sql trouble = Sql.of(TROUBLE).with("unbound", unboundSince).with("stale", staleSince);
        return database.queryOne(
                        trouble,
                        row -> new Trouble(row.number("unbound"), row.number("stale"), beyond))
                .orElseThrow();
    }

    private static @Nullable AccountId account(Row row) {
        String account = row.textOrNull("account_id");
        return account == null ? null : new AccountId(account);
    }
}
