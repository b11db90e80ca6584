package linekeeper.persistence;

import linekeeper.application.port.Campaigns;
import linekeeper.domain.AccountId;
import linekeeper.domain.AgentId;
import linekeeper.domain.CampaignId;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.campaign.Campaign;
import linekeeper.domain.campaign.CampaignRetries;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The campaigns: one row each.
final class PostgresCampaigns implements Campaigns {
    private final Database database;
    private final ClaimGate gate;

    PostgresCampaigns(Database database, ClaimGate gate) {
        this.database = database;
        this.gate = gate;
    }

    @Override
    public Optional<Campaign> find(AccountId account, CampaignId id) {
        Sql find =
                Sql.of("SELECT * FROM campaigns WHERE account_id = :account AND campaign_id = :id")
                        .with("account", account.value())
                        .with("id", id.value());
        return database.queryOne(find, PostgresCampaigns::campaign);
    }

    /// A limit does not change while slots are given out by it ([ClaimGate#keepShut]).
    @Override
    public boolean put(AccountId account, Campaign campaign, Instant now) {
        AgentId agent = campaign.agent();
        Sql put =
                Sql.of(
                                """
                                INSERT INTO campaigns (account_id, campaign_id, name, agent_id,
                                                       concurrency_limit, calls_per_second,
                                                       max_attempts, retries, created_at)
                                SELECT account_id, :id, CAST(:name AS text), CAST(:agent AS text),
                                       CAST(:limit AS int), CAST(:pace AS numeric),
                                       CAST(:attempts AS smallint), CAST(:retries AS jsonb), :now
                                FROM accounts WHERE account_id = :account
                                ON CONFLICT (account_id, campaign_id) DO UPDATE SET
                                    name = excluded.name, agent_id = excluded.agent_id,
                                    concurrency_limit = excluded.concurrency_limit,
                                    calls_per_second = excluded.calls_per_second,
                                    max_attempts = excluded.max_attempts,
                                    retries = excluded.retries
                                """)
                        .with("account", account.value())
                        .with("id", campaign.id().value())
                        .with("name", campaign.name())
                        .with("agent", agent == null ? null : agent.value())
                        .with("limit", campaign.concurrencyLimit())
                        .with("pace", campaign.callsPerSecond())
                        .with("attempts", campaign.retries().maxAttempts())
                        .with("retries", RetryRows.json(campaign.retries().policy()))
                        .with("now", now);
        return database.inTransaction(
                () -> {
                    boolean stored = database.update(put) == 1;
                    gate.keepShut();
                    return stored;
                });
    }

    @Override
    public List<Campaign> list(AccountId account, String after, int most) {
        Sql list =
                Sql.of(
                                """
                                SELECT * FROM campaigns
                                WHERE account_id = :account AND campaign_id > :after
                                ORDER BY campaign_id LIMIT :most
                                """)
                        .with("account", account.value())
                        .with("after", after)
                        .with("most", most);
        return database.query(list, PostgresCampaigns::campaign);
    }

    @Override
    public Map<CallStatus, Integer> counts(AccountId account, CampaignId id) {
        Sql count =
                Sql.of(
                                """
                                SELECT status, count(*) AS calls FROM (
                                    SELECT COALESCE(e.outcome, s.status, 'queued') AS status
                                    FROM calls c
                                    LEFT JOIN active_calls s
                                        ON s.account_id = c.account_id AND s.call_id = c.call_id
                                    LEFT JOIN call_ends e
                                        ON e.account_id = c.account_id AND e.call_id = c.call_id
                                    WHERE c.account_id = :account AND c.campaign_id = :id
                                    UNION ALL
                                    SELECT outcome FROM archived_calls
                                    WHERE account_id = :account AND campaign_id = :id) c
                                GROUP BY status
                                """)
                        .with("account", account.value())
                        .with("id", id.value());
        Map<CallStatus, Integer> counts = new EnumMap<>(CallStatus.class);
        database.query(
                count,
                row ->
                        counts.put(
                                        CallStatus.named(row.text("status")).orElseThrow(),
                                        row.integer("calls"))
                                == null);
        return counts;
    }

    private static Campaign campaign(Row row) {
        String agent = row.textOrNull("agent_id");
        return new Campaign(
                new CampaignId(row.text("campaign_id")),
                row.textOrNull("name"),
                agent == null ? null : new AgentId(agent),
                integerOrNull(row, "concurrency_limit"),
                row.decimalOrNull("calls_per_second"),
                new CampaignRetries(
                        integerOrNull(row, "max_attempts"),
                        RetryRows.read(row.textOrNull("retries"))));
    }

    private static @Nullable Integer integerOrNull(Row row, String column) {
        Long number = row.numberOrNull(column);
        return number == null ? null : Math.toIntExact(number);
    }
}
