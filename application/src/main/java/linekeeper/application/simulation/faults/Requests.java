package linekeeper.application.simulation.faults;

import linekeeper.application.simulation.Chance;
import linekeeper.domain.AgentId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.CampaignId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.Grouping;
import linekeeper.domain.call.Recipient;
import linekeeper.domain.call.Routing;
import linekeeper.domain.call.Timing;
import linekeeper.domain.call.UserData;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What callers ask for.
final class Requests {
    static final CampaignId CAMPAIGN = new CampaignId("campaign");
    static final AgentId FIRST = new AgentId("first");
    static final AgentId SECOND = new AgentId("second");
    private static final int NUMBERS = 6;
    private static final Duration EARLIEST = Duration.ofSeconds(1);
    private static final Duration LATEST = Duration.ofMinutes(1);

    private Requests() {}

    static CallRequest any(Scenario scenario, int number, Instant start, Chance chance) {
        boolean campaign = chance.hit(0.4);
        Grouping grouping = campaign ? new Grouping(CAMPAIGN, null) : Grouping.NONE;
        List<AgentId> agents = List.of(FIRST, SECOND);
        return new CallRequest(
                new CallKey(chance.oneOf(scenario.accounts()), new CallId("c" + number)),
                new Recipient(phone(chance.below(NUMBERS)), null, "Zoë"),
                new Routing(chance.hit(0.6) ? chance.oneOf(agents) : null, null),
                grouping,
                timing(start, chance),
                chance.hit(0.3) ? chance.below(200) : grouping.type().defaultPriority(),
                attempts(chance),
                UserData.EMPTY);
    }

    /// Something else under the same id.
    static CallRequest otherwise(CallRequest request) {
        return new CallRequest(
                request.key(),
                request.recipient(),
                request.routing(),
                request.grouping(),
                request.timing(),
                request.priority(),
                request.maxAttempts(),
                new UserData("{\"other\":true}"));
    }

    static PhoneNumber phone(int number) {
        return new PhoneNumber("+1415555010" + number);
    }

    private static @Nullable Integer attempts(Chance chance) {
        return chance.hit(0.2) ? null : Integer.valueOf(1 + chance.below(3));
    }

    private static Timing timing(Instant start, Chance chance) {
        return switch (chance.below(5)) {
            case 0 -> new Timing(start.plus(chance.between(EARLIEST, LATEST)), null);
            case 1 ->
                    new Timing(null, start.plus(chance.between(EARLIEST, LATEST.multipliedBy(2))));
            default -> Timing.ANY;
        };
    }
}
