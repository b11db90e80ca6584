package linekeeper.application;

import linekeeper.application.port.CallObserver;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Dialing;
import linekeeper.application.port.ProviderRoom;
import linekeeper.application.port.Slots;
import linekeeper.application.port.Slots.Claim;
import linekeeper.application.port.Slots.ClaimScope;
import linekeeper.domain.call.ReservedCall;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Gives free slots to waiting calls, direct and campaign alike, and hands them on to be dialed (D6,
/// E5). Several nodes may run it at once. Thread-safe.
public final class Dispatcher {
    private static final int MOST_AT_ONCE = 500;

    private final Slots slots;
    private final Dialing dialing;
    private final DispatchGate gate;
    private final Breakers breakers;
    private final CallObserver observer;
    private final InstantSource clock;

    public Dispatcher(
            Slots slots,
            Dialing dialing,
            DispatchGate gate,
            Breakers breakers,
            CallObserver observer,
            InstantSource clock) {
        this.slots = slots;
        this.dialing = dialing;
        this.gate = gate;
        this.breakers = breakers;
        this.observer = observer;
        this.clock = clock;
    }

    /// One round over `scope`.
    ///
    /// @throws linekeeper.application.port.StoreUnavailable try again later
    public Round runOnce(ClaimScope scope) {
        int room = Math.min(dialing.room(), MOST_AT_ONCE);
        if (room < 1 || !gate.isOpen()) {
            return new Round(0, false, false, null);
        }
        Claim claim = claim(scope, room);
        if (claim.passedOver() > 0) {
            observer.passedOver(claim.passedOver());
        }
        for (ReservedCall call : claim.calls()) {
            observer.reserved(call);
            dialing.submit(call);
        }
        return new Round(
                claim.calls().size(),
                claim.calls().size() == room,
                claim.saturated(),
                claim.nextToken());
    }

    private Claim claim(ClaimScope scope, int most) {
        Instant now = clock.instant();
        ProviderRoom room = breakers.room(now);
        List<ReservedCall> given = List.of();
        try {
            Claim claim = slots.claim(scope, new ClaimTerms(most, room, clock));
            given = claim.calls();
            return claim;
        } finally {
            breakers.given(room, given, now);
        }
    }

    /// @param claimed how many calls were handed on
    /// @param more the round was full: there may be more to claim
    /// @param saturated see [Claim]
    /// @param nextToken see [Claim]
    public record Round(
            int claimed, boolean more, boolean saturated, @Nullable Instant nextToken) {}
}
