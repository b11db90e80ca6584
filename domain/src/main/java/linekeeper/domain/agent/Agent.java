package linekeeper.domain.agent;

import linekeeper.domain.AgentId;
import linekeeper.domain.InvalidValue;
import linekeeper.domain.LeaseToken;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.Line;
import linekeeper.domain.call.Routing;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.List;

/// One of an account's own agents (C8).
///
/// @param providerAgentId what its provider calls it; 1 to 256 characters
/// @param fromNumbers shown in turn; empty: the connection's default; at most 100 (F6)
/// @param phoneNumberId the provider's id of its number, where that has one; 1 to 256 characters
/// @param failover agents that stand in for it, in this order, when its provider certainly did not
///     dial; at most 5, each by a provider of its own
public record Agent(
        AgentId id,
        ProviderName provider,
        String providerAgentId,
        List<PhoneNumber> fromNumbers,
        @Nullable String phoneNumberId,
        List<AgentId> failover) {
    private static final int MAX_TEXT = 256;
    private static final int MAX_NUMBERS = 100;
    private static final int MAX_FAILOVER = 5;

    public Agent {
        fromNumbers = List.copyOf(fromNumbers);
        failover = List.copyOf(failover);
        text("provider_agent_id", providerAgentId);
        if (phoneNumberId != null) {
            text("phone_number_id", phoneNumberId);
        }
        if (fromNumbers.size() > MAX_NUMBERS) {
            throw new InvalidValue("from_numbers", "must be at most " + MAX_NUMBERS);
        }
        if (failover.size() > MAX_FAILOVER) {
            throw new InvalidValue("failover", "must be at most " + MAX_FAILOVER + " agents");
        }
        if (failover.contains(id) || new HashSet<>(failover).size() < failover.size()) {
            throw new InvalidValue("failover", "must name other agents, each once");
        }
    }

    /// The line of a call that got its slot under `lease`. The pool's numbers take turns with the
    /// leases; a number that the call itself asks for goes first.
    public Line line(Routing asked, LeaseToken lease) {
        PhoneNumber from = asked.from() == null ? turn(lease) : asked.from();
        return new Line(providerAgentId, from, phoneNumberId);
    }

    private @Nullable PhoneNumber turn(LeaseToken lease) {
        return fromNumbers.isEmpty()
                ? null
                : fromNumbers.get((int) (lease.value() % fromNumbers.size()));
    }

    private static void text(String field, String value) {
        if (value.isBlank() || value.length() > MAX_TEXT) {
            throw new InvalidValue(field, "must be 1 to " + MAX_TEXT + " characters");
        }
    }
}
