package linekeeper.domain.call;

import java.time.Instant;

/// Perhaps dialed: the request was sent and no answer came. Keeps its slot and is never dialed again
/// (H1). Left by the provider's webhook or by the reconciler's look-up (H2).
public record UnconfirmedCall(AcceptedCall accepted, int attempt, Slot slot, Instant unknownSince)
        implements UnboundCall {
    @Override
    public CallStatus status() {
        return CallStatus.DIAL_UNKNOWN;
    }

    @Override
    public UnconfirmedCall on(Slot same) {
        return new UnconfirmedCall(accepted, attempt, same, unknownSince);
    }
}
