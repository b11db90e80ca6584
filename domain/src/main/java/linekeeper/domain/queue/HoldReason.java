package linekeeper.domain.queue;

import linekeeper.domain.call.QueuedCall;

import java.time.Instant;
import java.util.Locale;

/// Why a call waits (D6, G1).
///
/// @param code for programs: `account_limit`, `campaign_limit`, `provider_limit`, `system_limit`,
///     `scheduled`, `provider_unreachable`, `queue` (others are before it)
/// @param text for people
public record HoldReason(String code, String text) {
    /// The reason of a call that the last claim left waiting.
    public static HoldReason of(QueuedCall call, Occupancy occupancy, Instant now) {
        if (call.dueAt().isAfter(now)) {
            return call.deferrals() > 0 ? unreachable(call) : scheduled(call);
        }
        return occupancy
                .full()
                .map(HoldReason::limit)
                .orElseGet(() -> new HoldReason("queue", "Other calls are before it"));
    }

    private static HoldReason limit(Occupancy.Use use) {
        String scope = use.scope().name().toLowerCase(Locale.ROOT);
        return new HoldReason(
                scope + "_limit",
                "%s limit reached: %d of %d slots in use"
                        .formatted(capitalised(scope), use.active(), use.limit()));
    }

    private static HoldReason scheduled(QueuedCall call) {
        return new HoldReason("scheduled", "Scheduled for " + call.dueAt());
    }

    private static HoldReason unreachable(QueuedCall call) {
        return new HoldReason(
                "provider_unreachable",
                "Provider %s did not take the call; next try at %s"
                        .formatted(call.accepted().provider(), call.dueAt()));
    }

    private static String capitalised(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
