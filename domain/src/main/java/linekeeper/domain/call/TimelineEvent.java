package linekeeper.domain.call;

import java.time.Instant;
import java.util.Map;

/// One line of a call's audit trail (A8).
///
/// @param name what happened, as in `reserved`
/// @param detail what is worth knowing about it; no phone numbers, no secrets
public record TimelineEvent(Instant at, String name, Map<String, String> detail) {
    public TimelineEvent {
        detail = Map.copyOf(detail);
    }

    public static TimelineEvent of(Instant at, String name) {
        return new TimelineEvent(at, name, Map.of());
    }

    public static TimelineEvent of(Instant at, String name, Map<String, String> detail) {
        return new TimelineEvent(at, name, detail);
    }
}
