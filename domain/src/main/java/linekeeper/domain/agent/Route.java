package linekeeper.domain.agent;

import linekeeper.domain.ProviderName;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The ways a call can go: its agent, then those that stand in for it, in their order. Empty: the
/// call's agent is none of the account's own.
public record Route(List<Agent> agents) {
    public static final Route NONE = new Route(List.of());

    public Route {
        agents = List.copyOf(agents);
    }

    /// Who speaks when `provider` dials.
    public Optional<Agent> by(ProviderName provider) {
        return agents.stream().filter(agent -> agent.provider().equals(provider)).findFirst();
    }

    /// The next provider after `failed` that may be given calls. Empty: the list is through. A provider
    /// that is not on the route, for the agent was changed, counts as before its beginning.
    public Optional<ProviderName> after(ProviderName failed, Predicate<ProviderName> usable) {
        List<ProviderName> providers = providers();
        return providers.subList(providers.indexOf(failed) + 1, providers.size()).stream()
                .filter(usable)
                .findFirst();
    }

    /// The first provider that may be given calls and is not `failing`.
    public Optional<ProviderName> insteadOf(ProviderName failing, Predicate<ProviderName> usable) {
        return providers().stream()
                .filter(provider -> !provider.equals(failing))
                .filter(usable)
                .findFirst();
    }

    /// Where a call begins again once the list is through; empty: there is no other way.
    public Optional<ProviderName> first() {
        return providers().stream().findFirst();
    }

    private List<ProviderName> providers() {
        return agents.stream().map(Agent::provider).distinct().toList();
    }
}
