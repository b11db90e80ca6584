package linekeeper.domain.call;

import linekeeper.domain.CallKey;
import linekeeper.domain.InvalidValue;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What a backend asked for, fixed for ever: the id decides whether it is the same call, this decides
/// whether it is the same content (A4).
///
/// @param priority 0 to 1000, higher first among calls of one type
/// @param maxAttempts how often the person may be dialed for this call, 1 to 10; null: as often as its
///     campaign says, else once
public record CallRequest(
        CallKey key,
        Recipient recipient,
        Routing routing,
        Grouping grouping,
        Timing timing,
        int priority,
        @Nullable Integer maxAttempts,
        UserData userData) {
    private static final int MAX_PRIORITY = 1_000;
    public static final int MAX_ATTEMPTS = 10;

    public CallRequest {
        if (priority < 0 || priority > MAX_PRIORITY) {
            throw new InvalidValue("priority", "must be 0 to " + MAX_PRIORITY);
        }
        if (maxAttempts != null && (maxAttempts < 1 || maxAttempts > MAX_ATTEMPTS)) {
            throw new InvalidValue("max_attempts", "must be 1 to " + MAX_ATTEMPTS);
        }
    }

    /// A direct call to `recipient` with every choice at its default.
    public static CallRequest direct(CallKey key, Recipient recipient) {
        return new CallRequest(
                key,
                recipient,
                Routing.DEFAULT,
                Grouping.NONE,
                Timing.ANY,
                CallType.DIRECT.defaultPriority(),
                1,
                UserData.EMPTY);
    }

    /// How often the person may be dialed; `otherwise` if the request does not say.
    public int attemptsOr(int otherwise) {
        return maxAttempts == null ? otherwise : maxAttempts;
    }

    public CallType type() {
        return grouping.type();
    }

    /// The fields, as the public API names them, in which `other` asks for something else.
    public List<String> differencesFrom(CallRequest other) {
        Differences found = new Differences();
        found.check("phone_number", recipient.phone(), other.recipient.phone());
        found.check("contact_id", recipient.contact(), other.recipient.contact());
        found.check("contact_name", recipient.name(), other.recipient.name());
        found.check("agent_id", routing.agent(), other.routing.agent());
        found.check("from_number", routing.from(), other.routing.from());
        found.check("campaign_id", grouping.campaign(), other.grouping.campaign());
        found.check("driver_id", grouping.driver(), other.grouping.driver());
        found.check("scheduled_at", timing.scheduledAt(), other.timing.scheduledAt());
        found.check("expires_at", timing.expiresAt(), other.timing.expiresAt());
        found.check("priority", priority, other.priority);
        found.check("max_attempts", maxAttempts, other.maxAttempts);
        found.check("user_data", userData, other.userData);
        return List.copyOf(found.fields);
    }

    private static final class Differences {
        private final List<String> fields = new ArrayList<>();

        void check(String field, @Nullable Object ours, @Nullable Object theirs) {
            if (!Objects.equals(ours, theirs)) {
                fields.add(field);
            }
        }
    }
}
