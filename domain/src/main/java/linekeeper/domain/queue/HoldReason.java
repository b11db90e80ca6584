package linekeeper.domain.queue;

import linekeeper.domain.call.QueuedCall;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Why a call waits (D6, G1).
///
/// @param code for programs: `account_limit`, `campaign_limit`, `provider_limit`, `system_limit`,
///     `scheduled`, `retry_scheduled`, `provider_unreachable`, `provider_failing`, `provider_pacing`,
///     `campaign_pacing`, `queue` (others are before it)
/// @param text for people
public record HoldReason(String code, String text) {
    /// The reason of a call that the last claim left waiting.
    public static HoldReason of(QueuedCall call, Occupancy occupancy, Instant now) {
        return of(call, occupancy, Brakes.NONE, now);
    }

    /// The reason of a call that the last claim left waiting, whatever held it back.
    public static HoldReason of(QueuedCall call, Occupancy occupancy, Brakes brakes, Instant now) {
        return all(call, occupancy, brakes, now).getFirst();
    }

    /// Everything that holds a call back, the weightiest first; at least one reason. Of a call that is
    /// not due, limits and paces of this moment say nothing.
    public static List<HoldReason> all(
            QueuedCall call, Occupancy occupancy, Brakes brakes, Instant now) {
        List<HoldReason> reasons = new ArrayList<>();
        boolean due = !call.dueAt().isAfter(now);
        if (!due) {
            reasons.add(notDue(call));
        }
        if (brakes.probeAt() != null) {
            reasons.add(failing(call, brakes.probeAt()));
        }
        if (due) {
            occupancy.uses().stream()
                    .filter(Occupancy.Use::isFull)
                    .forEach(use -> reasons.add(limit(use)));
            reasons.addAll(paces(brakes));
        }
        return reasons.isEmpty()
                ? List.of(new HoldReason("queue", "Other calls are before it"))
                : List.copyOf(reasons);
    }

    private static List<HoldReason> paces(Brakes brakes) {
        List<HoldReason> paces = new ArrayList<>();
        if (brakes.providerToken() != null) {
            paces.add(
                    new HoldReason(
                            "provider_pacing",
                            "Provider is at its pace until " + brakes.providerToken()));
        }
        if (brakes.campaignToken() != null) {
            paces.add(
                    new HoldReason(
                            "campaign_pacing",
                            "Campaign is at its pace until " + brakes.campaignToken()));
        }
        return paces;
    }

    private static HoldReason failing(QueuedCall call, Instant probeAt) {
        return new HoldReason(
                "provider_failing",
                "Provider %s is failing; next try at %s"
                        .formatted(call.accepted().provider(), probeAt));
    }

    private static HoldReason limit(Occupancy.Use use) {
        String scope = use.scope().name().toLowerCase(Locale.ROOT);
        return new HoldReason(
                scope + "_limit",
                "%s limit reached: %d of %d slots in use"
                        .formatted(capitalised(scope), use.active(), use.limit()));
    }

    private static HoldReason notDue(QueuedCall call) {
        if (call.deferrals() > 0) {
            return unreachable(call);
        }
        return call.attempt() > 1 ? retry(call) : scheduled(call);
    }

    private static HoldReason retry(QueuedCall call) {
        return new HoldReason(
                "retry_scheduled",
                "Attempt %d of %d at %s"
                        .formatted(call.attempt(), call.accepted().maxAttempts(), call.dueAt()));
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
