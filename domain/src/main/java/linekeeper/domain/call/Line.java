package linekeeper.domain.call;

import linekeeper.domain.AgentId;
import linekeeper.domain.PhoneNumber;

import org.jspecify.annotations.Nullable;

/// Who speaks and which number shows, in the provider's own terms; null: the connection's default.
/// Decided when a call gets its slot and stored with it, so that whoever asks the provider about the
/// call later asks about the same line, whatever became of the agent's settings (C8, F6, H2).
///
/// @param agent the provider's id of the agent
/// @param from the number that is shown
/// @param phoneNumberId the provider's id of that number, where it has one
public record Line(
        @Nullable String agent, @Nullable PhoneNumber from, @Nullable String phoneNumberId) {
    /// No line at all: the call's agent is one of the account's own, but was changed while the call
    /// waited, and nobody on its route goes by the call's provider any more. Nothing may be dialed.
    public static final Line NONE = new Line("", null, null);

    /// For a call whose agent is none of the account's own: passed on as it is.
    public static Line asAsked(Routing routing) {
        AgentId agent = routing.agent();
        return new Line(agent == null ? null : agent.value(), routing.from(), null);
    }
}
