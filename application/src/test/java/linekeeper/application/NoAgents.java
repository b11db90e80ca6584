package linekeeper.application;

import linekeeper.application.port.Agents;
import linekeeper.domain.AccountId;
import linekeeper.domain.AgentId;
import linekeeper.domain.agent.Agent;
import linekeeper.domain.agent.Route;
import linekeeper.domain.call.CallRequest;

import java.util.List;
import java.util.Optional;

/// No account has agents, if it can be asked at all.
abstract class NoAgents implements Agents {
    /// Throws while it cannot be asked.
    abstract void check();

    @Override
    public Optional<Agent> find(AccountId account, AgentId id) {
        check();
        return Optional.empty();
    }

    @Override
    public Route route(CallRequest call) {
        check();
        return Route.NONE;
    }

    @Override
    public boolean put(AccountId account, Agent agent) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean remove(AccountId account, AgentId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Agent> list(AccountId account, String after, int most) {
        throw new UnsupportedOperationException();
    }
}
