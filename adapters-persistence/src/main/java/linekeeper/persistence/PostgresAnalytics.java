package linekeeper.persistence;

import linekeeper.application.port.Analytics;
import linekeeper.domain.AccountId;
import linekeeper.domain.call.CallStatus;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Adds calls up. Reads every call of the account in the window, archived or not, by the indexes on their
/// acceptance.
final class PostgresAnalytics implements Analytics {
    private static final String SUMS =
            """
            count(*) AS calls,
                   count(*) FILTER (WHERE outcome IS NOT NULL AND started_at IS NOT NULL) AS dialed,
                   count(*) FILTER (WHERE started_at IS NOT NULL
                                      AND (outcome = 'completed'
                                           OR outcome <> 'voicemail' AND answered_at IS NOT NULL))
                       AS answered,
                   sum(attempts) AS attempts,
                   count(duration_seconds) FILTER (WHERE outcome IS NOT NULL) AS timed,
                   COALESCE(sum(duration_seconds) FILTER (WHERE outcome IS NOT NULL), 0)
                       AS seconds,
                   COALESCE(sum(cost), 0) AS cost
            FROM (SELECT c.campaign_id, c.agent_id, c.driver_id, c.created_at, e.outcome, e.started_at,
                         e.answered_at, e.duration_seconds, COALESCE(s.cost, e.cost) AS cost,
                         COALESCE(s.attempt, q.attempt - 1, %1$s) AS attempts
                  FROM calls c
                  LEFT JOIN active_calls s
                      ON s.account_id = c.account_id AND s.call_id = c.call_id
                  LEFT JOIN call_queue q ON q.account_id = c.account_id AND q.call_id = c.call_id
                  LEFT JOIN call_ends e ON e.account_id = c.account_id AND e.call_id = c.call_id
                  WHERE %3$s
                  UNION ALL
                  SELECT c.campaign_id, c.agent_id, c.driver_id, c.created_at, c.outcome, c.started_at,
                         c.answered_at, c.duration_seconds, c.cost, %2$s
                  FROM archived_calls c
                  WHERE %3$s) c
            GROUP BY 1
            """
                    .formatted(
                            "e.attempt - CASE WHEN e.started_at IS NULL THEN 1 ELSE 0 END",
                            "c.attempt - CASE WHEN c.started_at IS NULL THEN 1 ELSE 0 END",
                            "c.account_id = :account AND c.created_at >= :from"
                                    + " AND c.created_at < :to");

    private final Database database;

    PostgresAnalytics(Database database) {
        this.database = database;
    }

    @Override
    public List<Group> groups(AccountId account, Query query, int most) {
        String order = query.by() == By.DAY ? "key" : "calls DESC, key";
        Sql sql =
                Sql.of(
                                "SELECT "
                                        + key(query.by())
                                        + " AS key, "
                                        + byStatus()
                                        + SUMS
                                        + "ORDER BY "
                                        + order
                                        + " LIMIT CAST(:most AS int)")
                        .with("account", account.value())
                        .with("from", query.from())
                        .with("to", query.to())
                        .with("most", most);
        return database.query(sql, PostgresAnalytics::group);
    }

    private static String key(By by) {
        return switch (by) {
            case CAMPAIGN -> "campaign_id";
            case AGENT -> "agent_id";
            case DRIVER -> "driver_id";
            case DAY -> "to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')";
        };
    }

    /// A column for each final status.
    private static String byStatus() {
        StringBuilder columns = new StringBuilder();
        for (CallStatus status : terminal()) {
            String name = status.wireName();
            columns.append("count(*) FILTER (WHERE outcome = '%1$s') AS %1$s, ".formatted(name));
        }
        return columns.toString();
    }

    private static List<CallStatus> terminal() {
        List<CallStatus> terminal = new ArrayList<>(List.of(CallStatus.values()));
        terminal.removeIf(status -> !status.terminal());
        return terminal;
    }

    private static Group group(Row row) {
        Map<CallStatus, Long> ended = new EnumMap<>(CallStatus.class);
        for (CallStatus status : terminal()) {
            long calls = row.number(status.wireName().toLowerCase(Locale.ROOT));
            if (calls > 0) {
                ended.put(status, calls);
            }
        }
        return new Group(
                row.textOrNull("key"),
                row.number("calls"),
                ended,
                row.number("dialed"),
                row.number("answered"),
                row.number("attempts"),
                row.number("timed"),
                known(row.decimalOrNull("seconds")),
                known(row.decimalOrNull("cost")));
    }

    private static BigDecimal known(@Nullable BigDecimal sum) {
        return sum == null ? BigDecimal.ZERO : sum;
    }
}
