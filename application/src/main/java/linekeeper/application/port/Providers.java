package linekeeper.application.port;

import linekeeper.domain.InvalidValue;
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

    /// The provider of this name.
    ///
    /// @throws InvalidValue there is none; names those there are
    public ProviderName known(String name) {
        ProviderName known = new ProviderName(name);
        if (!byName.containsKey(known)) {
            String names =
                    byName.keySet().stream()
                            .map(ProviderName::value)
                            .sorted()
                            .collect(Collectors.joining(", "));
            throw new InvalidValue("provider", "must be one of " + names);
        }
        return known;
    }

    public Set<ProviderName> names() {
        return byName.keySet();
    }

    /// Empty: a call was accepted for a provider that is no longer configured here.
    public Optional<VoiceProvider> named(ProviderName name) {
        return Optional.ofNullable(byName.get(name));
    }
}
