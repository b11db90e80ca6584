package linekeeper.application.port;

import java.time.InstantSource;

/// What a claim may give out.
///
/// @param most calls in all
/// @param clock read once the claim's turn has come: whoever was accepted while it waited for its turn
///     is due then, and slots bear times in the order in which they were given
public record ClaimTerms(int most, ProviderRoom room, InstantSource clock) {
    /// No provider is held back.
    public static ClaimTerms of(int most, InstantSource clock) {
        return new ClaimTerms(most, ProviderRoom.ANY, clock);
    }
}
