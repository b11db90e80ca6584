package linekeeper.application.port;

import linekeeper.domain.AccountId;
import linekeeper.domain.AgentId;
import linekeeper.domain.agent.Agent;
import linekeeper.domain.agent.Route;
import linekeeper.domain.call.CallRequest;

import java.util.List;
import java.util.Optional;

/// The accounts' own agents (C8). Intake and claims look them up by themselves: a call's provider is
/// decided when it is accepted, its line when it gets its slot.
public interface Agents {
    Optional<Agent> find(AccountId account, AgentId id);

    /// The agent that speaks in a call, its own or else its campaign's, and those that stand in for it;
    /// stand-ins that are gone are left out. [Route#NONE]: it is none of the account's own.
    Route route(CallRequest call);

    /// Creates or replaces; false: there is no such account.
    boolean put(AccountId account, Agent agent);

    /// False: the account had no such agent.
    boolean remove(AccountId account, AgentId id);

    /// In the order of their ids, after `after`, at most `most`.
    List<Agent> list(AccountId account, String after, int most);
}
