package linekeeper.application;

import linekeeper.application.port.CallObserver;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Dialing;
import linekeeper.application.port.ProviderRoom;
import linekeeper.application.port.Slots.Claim;
import linekeeper.domain.call.ReservedCall;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// What this node may give out, whoever makes the claim, and what is done with the calls that got slots:
/// they are dialed. Thread-safe.
final class GiveSlots {
    private static final int MOST_AT_ONCE = 500;

    private final Dialing dialing;
    private final DispatchGate gate;
    private final Breakers breakers;
    private final CallObserver observer;
    private final InstantSource clock;
    private volatile boolean saturated;

    GiveSlots(
            Dialing dialing,
            DispatchGate gate,
            Breakers breakers,
            CallObserver observer,
            InstantSource clock) {
        this.dialing = dialing;
        this.gate = gate;
        this.breakers = breakers;
        this.observer = observer;
        this.clock = clock;
    }

    /// For one claim; null: nothing may be given out now.
    @Nullable Offer offer() {
        int most = Math.min(dialing.room(), MOST_AT_ONCE);
        return most < 1 || !gate.isOpen() ? null : new Offer(most, clock.instant());
    }

    /// Whether the latest claim found a limit reached that accounts share. Then a slot that comes free may be
    /// another account's, and only a look at all of them tells whose.
    boolean saturated() {
        return saturated;
    }

    /// Must be followed by [#over], whatever comes of the claim. Not thread-safe.
    final class Offer {
        private final Instant now;
        private final ProviderRoom room;
        private final ClaimTerms terms;

        private Offer(int most, Instant now) {
            this.now = now;
            this.room = breakers.room(now);
            this.terms = new ClaimTerms(most, room, clock);
        }

        ClaimTerms terms() {
            return terms;
        }

        /// Whether as much was given out as was allowed: there may be more to give.
        boolean isUsedUp(Claim claim) {
            return claim.calls().size() >= terms.most();
        }

        /// @param claim null: none was made, or it failed
        void over(@Nullable Claim claim) {
            List<ReservedCall> given = claim == null ? List.of() : claim.calls();
            breakers.given(room, given, now);
            if (claim != null) {
                saturated = claim.saturated();
                dial(claim);
            }
        }
    }

    private void dial(Claim claim) {
        if (claim.passedOver() > 0) {
            observer.passedOver(claim.passedOver());
        }
        for (ReservedCall call : claim.calls()) {
            observer.reserved(call);
            dialing.submit(call);
        }
    }
}
