package linekeeper.application;

import linekeeper.application.port.Agents;
import linekeeper.application.port.Providers;
import linekeeper.domain.AccountId;
import linekeeper.domain.AgentId;
import linekeeper.domain.InvalidValue;
import linekeeper.domain.ProviderName;
import linekeeper.domain.agent.Agent;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An account's own agents, as its backend sets them up (C8). Calls that hold a slot keep their line;
/// calls that wait for a provider that is no longer their agent's are moved to where it is. Thread-safe.
public final class KeepAgents {
    private final Agents agents;
    private final RerouteWaiting reroute;
    private final Providers providers;

    KeepAgents(Agents agents, RerouteWaiting reroute, Providers providers) {
        this.agents = agents;
        this.reroute = reroute;
        this.providers = providers;
    }

    /// Creates or replaces; false: there is no such account.
    ///
    /// @throws InvalidValue the provider is unknown; or the fail-over list names an agent that the
    ///     account has not, or two of one provider
    public boolean put(AccountId account, Agent agent) {
        Set<ProviderName> taken = new HashSet<>();
        taken.add(providers.known(agent.provider().value()));
        for (AgentId id : agent.failover()) {
            Agent other =
                    agents.find(account, id)
                            .orElseThrow(
                                    () -> new InvalidValue("failover", "must name known agents"));
            if (!taken.add(other.provider())) {
                throw new InvalidValue(
                        "failover", "must name agents by other providers, one of each");
            }
        }
        boolean put = agents.put(account, agent);
        reroute.agentsChanged(account);
        return put;
    }

    public Optional<Agent> find(AccountId account, AgentId id) {
        return agents.find(account, id);
    }

    /// False: the account had no such agent.
    public boolean remove(AccountId account, AgentId id) {
        return agents.remove(account, id);
    }

    /// In the order of their ids, after `after`, at most `most`.
    public List<Agent> list(AccountId account, String after, int most) {
        return agents.list(account, after, most);
    }
}
