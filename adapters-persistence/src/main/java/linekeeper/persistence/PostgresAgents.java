package linekeeper.persistence;

import linekeeper.application.port.Agents;
import linekeeper.domain.AccountId;
import linekeeper.domain.AgentId;
import linekeeper.domain.CampaignId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.ProviderName;
import linekeeper.domain.agent.Agent;
import linekeeper.domain.agent.Route;
import linekeeper.domain.call.CallRequest;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// The accounts' agents. Neither numbers nor ids contain spaces, so lists of them are read as text.
final class PostgresAgents implements Agents {
    private static final String SELECT =
            """
            SELECT a.agent_id, a.provider, a.provider_agent_id, a.phone_number_id,
                   array_to_string(a.from_numbers, ' ') AS from_numbers,
                   array_to_string(a.failover, ' ') AS failover
            FROM agents a
            """;

    private static final String ROUTE =
            SELECT
                    + """
                    JOIN agents first
                        ON first.account_id = a.account_id
                        AND (a.agent_id = first.agent_id OR a.agent_id = ANY (first.failover))
                    WHERE first.account_id = :account
                      AND first.agent_id = COALESCE(
                          CAST(:agent AS text),
                          (SELECT agent_id FROM campaigns
                           WHERE account_id = :account AND campaign_id = :campaign))
                    ORDER BY a.agent_id <> first.agent_id,
                             array_position(first.failover, a.agent_id)
                    """;

    private final Database database;

    PostgresAgents(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Agent> find(AccountId account, AgentId id) {
        Sql find = Sql.of(SELECT + "WHERE a.account_id = :account AND a.agent_id = :agent");
        return database.queryOne(named(find, account, id), PostgresAgents::agent);
    }

    @Override
    public Route route(CallRequest call) {
        AgentId agent = call.routing().agent();
        CampaignId campaign = call.grouping().campaign();
        if (agent == null && campaign == null) {
            return Route.NONE;
        }
        Sql route =
                Sql.of(ROUTE)
                        .with("account", call.key().account().value())
                        .with("agent", agent == null ? null : agent.value())
                        .with("campaign", campaign == null ? null : campaign.value());
        return new Route(database.query(route, PostgresAgents::agent));
    }

    @Override
    public boolean put(AccountId account, Agent agent) {
        Sql put =
                Sql.of(
                                """
                                INSERT INTO agents (account_id, agent_id, provider,
                                                    provider_agent_id, from_numbers,
                                                    phone_number_id, failover)
                                SELECT account_id, :agent, :provider, :provider_agent_id,
                                       CAST(:from_numbers AS text[]),
                                       CAST(:phone_number_id AS text), CAST(:failover AS text[])
                                FROM accounts WHERE account_id = :account
                                ON CONFLICT (account_id, agent_id) DO UPDATE SET
                                    provider = excluded.provider,
                                    provider_agent_id = excluded.provider_agent_id,
                                    from_numbers = excluded.from_numbers,
                                    phone_number_id = excluded.phone_number_id,
                                    failover = excluded.failover
                                """)
                        .with("provider", agent.provider().value())
                        .with("provider_agent_id", agent.providerAgentId())
                        .column("from_numbers", agent.fromNumbers(), PhoneNumber::value)
                        .with("phone_number_id", agent.phoneNumberId())
                        .column("failover", agent.failover(), AgentId::value);
        return database.update(named(put, account, agent.id())) == 1;
    }

    @Override
    public boolean remove(AccountId account, AgentId id) {
        Sql remove = Sql.of("DELETE FROM agents WHERE account_id = :account AND agent_id = :agent");
        return database.update(named(remove, account, id)) == 1;
    }

    @Override
    public List<Agent> list(AccountId account, String after, int most) {
        Sql list =
                Sql.of(
                                SELECT
                                        + """
                                        WHERE a.account_id = :account AND a.agent_id > :after
                                        ORDER BY a.agent_id LIMIT :most
                                        """)
                        .with("account", account.value())
                        .with("after", after)
                        .with("most", most);
        return database.query(list, PostgresAgents::agent);
    }

    private static Sql named(Sql sql, AccountId account, AgentId id) {
        return sql.with("account", account.value()).with("agent", id.value());
    }

    private static Agent agent(Row row) {
        return new Agent(
                new AgentId(row.text("agent_id")),
                new ProviderName(row.text("provider")),
                row.text("provider_agent_id"),
                words(row, "from_numbers", PhoneNumber::new),
                row.textOrNull("phone_number_id"),
                words(row, "failover", AgentId::new));
    }

    private static <T> List<T> words(Row row, String column, Function<String, T> type) {
        return Stream.of(row.text(column).split(" "))
                .filter(word -> !word.isEmpty())
                .map(type)
                .toList();
    }
}
