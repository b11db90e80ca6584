package linekeeper.application.port;

import linekeeper.domain.ProviderName;

import java.util.Map;

/// How many more calls each provider may be given now, for reasons that only this node knows: one that
/// fails is given none.
///
/// @param most by provider, 0 or more; a provider not named may be given any number
public record ProviderRoom(Map<ProviderName, Integer> most) {
    /// Nobody is held back.
    public static final ProviderRoom ANY = new ProviderRoom(Map.of());

    public ProviderRoom {
        most = Map.copyOf(most);
    }

    public int of(ProviderName provider) {
        return most.getOrDefault(provider, Integer.MAX_VALUE);
    }
}
