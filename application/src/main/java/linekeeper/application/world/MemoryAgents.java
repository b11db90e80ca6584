package linekeeper.application.world;

import linekeeper.application.port.Agents;
import linekeeper.domain.AccountId;
import linekeeper.domain.AgentId;
import linekeeper.domain.agent.Agent;
import linekeeper.domain.agent.Route;
import linekeeper.domain.call.CallRequest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The accounts' agents in memory.
final class MemoryAgents implements Agents {
    private final MemoryState state;

    MemoryAgents(MemoryState state) {
        this.state = state;
    }

    @Override
    public Optional<Agent> find(AccountId account, AgentId id) {
        synchronized (state) {
            return Optional.ofNullable(of(account).get(id));
        }
    }

    @Override
    public Route route(CallRequest call) {
        synchronized (state) {
            return state.route(call);
        }
    }

    @Override
    public boolean put(AccountId account, Agent agent) {
        synchronized (state) {
            if (!state.accounts.containsKey(account)) {
                return false;
            }
            state.agents.computeIfAbsent(account, any -> new HashMap<>()).put(agent.id(), agent);
            return true;
        }
    }

    @Override
    public boolean remove(AccountId account, AgentId id) {
        synchronized (state) {
            Map<AgentId, Agent> agents = state.agents.get(account);
            return agents != null && agents.remove(id) != null;
        }
    }

    @Override
    public List<Agent> list(AccountId account, String after, int most) {
        synchronized (state) {
            Map<String, Agent> sorted = new TreeMap<>();
            of(account).forEach((id, agent) -> sorted.put(id.value(), agent));
            return sorted.values().stream()
                    .filter(agent -> agent.id().value().compareTo(after) > 0)
                    .limit(most)
                    .toList();
        }
    }

    private Map<AgentId, Agent> of(AccountId account) {
        return state.agents.getOrDefault(account, Map.of());
    }
}
