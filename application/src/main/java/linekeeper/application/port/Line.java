package linekeeper.application.port;

import linekeeper.domain.AgentId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.call.Routing;

import org.jspecify.annotations.Nullable;

/// Who speaks and which number shows, in the provider's own terms; null: the connection's default.
///
/// @param agent the provider's id of the agent
/// @param from the number that is shown
/// @param phoneNumberId the provider's id of that number, where it has one
public record Line(
        @Nullable String agent, @Nullable PhoneNumber from, @Nullable String phoneNumberId) {
    /// For a call whose agent is none of the account's own: passed on as it is.
    public static Line asAsked(Routing routing) {
        AgentId agent = routing.agent();
        return new Line(agent == null ? null : agent.value(), routing.from(), null);
    }
}
