package linekeeper.application;

import linekeeper.application.port.Providers;
import linekeeper.application.port.Slots;
import linekeeper.application.port.Slots.ProviderUse;
import linekeeper.application.port.VoiceProvider;
import linekeeper.domain.ProviderName;
import linekeeper.domain.provider.CircuitBreaker;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// How the providers are doing (H6). Slots are counted over all nodes, breakers are this node's.
/// Thread-safe.
public final class ProviderStates {
    private final Providers providers;
    private final Slots slots;
    private final Breakers breakers;

    ProviderStates(Providers providers, Slots slots, Breakers breakers) {
        this.providers = providers;
        this.slots = slots;
        this.breakers = breakers;
    }

    /// Those this node has, by name.
    public List<State> list() {
        Map<ProviderName, ProviderUse> uses = slots.uses();
        return providers.names().stream()
                .sorted(Comparator.comparing(ProviderName::value))
                .map(name -> state(name, uses.getOrDefault(name, ProviderUse.NONE)))
                .toList();
    }

    private State state(ProviderName name, ProviderUse use) {
        boolean configured = providers.named(name).map(VoiceProvider::configured).orElse(false);
        CircuitBreaker breaker = breakers.of(name);
        return new State(
                name, configured, use, breaker == null ? CircuitBreaker.closed() : breaker);
    }

    /// @param configured whether it has the credentials it needs
    public record State(
            ProviderName name, boolean configured, ProviderUse use, CircuitBreaker breaker) {}
}
