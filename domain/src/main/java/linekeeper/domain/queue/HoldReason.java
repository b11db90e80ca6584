package linekeeper.domain.queue;

import linekeeper.domain.call.QueuedCall;

import java.time.Instant;
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
        if (call.dueAt().isAfter(now)) {
            return notDue(call);
        }
        if (brakes.probeAt() != null) {
            return failing(call, brakes.probeAt());
        }
        return occupancy.full().map(HoldReason::limit).orElseGet(() -> paced(brakes));
    }

    private static HoldReason paced(Brakes brakes) {
        if (brakes.providerToken() != null) {
            return new HoldReason(
                    "provider_pacing", "Provider is at its pace until " + brakes.providerToken());
        }
        if (brakes.campaignToken() != null) {
            return new HoldReason(
                    "campaign_pacing", "Campaign is at its pace until " + brakes.campaignToken());
        }
        return new HoldReason("queue", "Other calls are before it");
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
