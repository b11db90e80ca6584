package linekeeper.application;

import linekeeper.application.port.Slots;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallKey;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.Progress;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.UnboundCall;
import linekeeper.domain.call.UnconfirmedCall;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Tells operators who holds slots, and of those that seem stuck why, since when, and when the provider
/// is asked about them (B5). Thread-safe.
public final class WatchSlots {
    /// A dial is usually answered within a second or two.
    private static final Duration USUAL_DIAL = Duration.ofSeconds(10);

    private final Slots slots;
    private final DialRules rules;

    public WatchSlots(Slots slots, DialRules rules) {
        this.slots = slots;
        this.rules = rules;
    }

    /// The account's slots, oldest first, at most `most`.
    public List<Watched> of(AccountId account, int most, Instant now) {
        Map<CallKey, Instant> putOff = slots.putOff(account);
        return slots.held(account, most).stream()
                .map(call -> watched(call, putOff.get(call.key()), now))
                .toList();
    }

    private Watched watched(LiveCall call, @Nullable Instant putOff, Instant now) {
        Instant overdue = overdueAt(call);
        Instant next = putOff != null && putOff.isAfter(overdue) ? putOff : overdue;
        String asked = next.equals(overdue) ? "asked at " : "asked again at ";
        String trouble = trouble(call, now);
        String why = trouble == null ? null : trouble + "; the provider is " + asked + next;
        return new Watched(call, next, why);
    }

    private Instant overdueAt(LiveCall call) {
        return switch (call) {
            case UnboundCall unbound -> unbound.slot().reservedAt().plus(rules.grace());
            case ActiveCall active ->
                    active.seenAt()
                            .plus(
                                    active.progress() == Progress.DISCONNECTED
                                            ? rules.grace()
                                            : rules.stale());
        };
    }

    /// Null: all is as it should be.
    private @Nullable String trouble(LiveCall call, Instant now) {
        return switch (call) {
            case UnconfirmedCall unknown ->
                    "The provider's answer to the dial was lost at " + unknown.unknownSince();
            case ReservedCall reserved ->
                    reserved.heldFor(now).compareTo(USUAL_DIAL) <= 0
                            ? null
                            : "No answer to the dial since the slot was reserved at "
                                    + reserved.slot().reservedAt();
            case ActiveCall active -> trouble(active, now);
        };
    }

    private @Nullable String trouble(ActiveCall call, Instant now) {
        if (call.progress() == Progress.DISCONNECTED) {
            return "The line was closed at " + call.seenAt() + " and the final report is missing";
        }
        return overdueAt(call).isAfter(now) ? null : "Not heard of since " + call.seenAt();
    }

    /// @param nextCheckAt when the provider is asked about the call at the earliest, if nothing is heard
    ///     of it before
    /// @param why it seems stuck, to be read by people; null: it does not
    public record Watched(LiveCall call, Instant nextCheckAt, @Nullable String why) {}
}
