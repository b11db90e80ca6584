package linekeeper.application.port;

import linekeeper.domain.ProviderName;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The provider connections this process has. Immutable.
public final class Providers {
    private final Map<ProviderName, VoiceProvider> byName;

    public Providers(List<VoiceProvider> providers) {
        byName =
                providers.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        VoiceProvider::name, Function.identity()));
    }

    public Set<ProviderName> names() {
        return byName.keySet();
    }

    /// Empty: a call was accepted for a provider that is no longer configured here.
    public Optional<VoiceProvider> named(ProviderName name) {
        return Optional.ofNullable(byName.get(name));
    }
}
