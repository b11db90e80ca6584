package linekeeper.application;

import linekeeper.application.GiveSlots.Offer;
import linekeeper.application.port.Slots;
import linekeeper.application.port.Slots.Claim;
import linekeeper.application.port.Slots.ClaimScope;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Gives free slots to waiting calls, direct and campaign alike, and hands them on to be dialed (D6,
/// E5): those that no change handed on in its own commit. Several nodes may run it at once. Thread-safe.
public final class Dispatcher {
    private final Slots slots;
    private final GiveSlots giving;

    Dispatcher(Slots slots, GiveSlots giving) {
        this.slots = slots;
        this.giving = giving;
    }

    /// One round over `scope`.
    ///
    /// @throws linekeeper.application.port.StoreUnavailable try again later
    public Round runOnce(ClaimScope scope) {
        Offer offer = giving.offer();
        if (offer == null) {
            return new Round(0, false, false, null);
        }
        Claim claim = claim(scope, offer);
        return new Round(
                claim.calls().size(), offer.isUsedUp(claim), claim.saturated(), claim.nextToken());
    }

    private Claim claim(ClaimScope scope, Offer offer) {
        Claim claim = null;
        try {
            claim = slots.claim(scope, offer.terms());
            return claim;
        } finally {
            offer.over(claim);
        }
    }

    /// @param claimed how many calls were handed on
    /// @param more the round was full: there may be more to claim
    /// @param saturated see [Claim]
    /// @param nextToken see [Claim]
    public record Round(
            int claimed, boolean more, boolean saturated, @Nullable Instant nextToken) {}
}
