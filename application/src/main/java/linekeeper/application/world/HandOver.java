package linekeeper.application.world;

import linekeeper.application.port.Change;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Slots.Claim;
import linekeeper.application.port.Succession;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.LiveCall;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// The slot that a change frees, handed on in the same go. Not thread-safe.
final class HandOver {
    private final MemoryClaims claims;
    private final Succession succession;
    private @Nullable LiveCall freed;
    private @Nullable Claim claim;

    HandOver(MemoryClaims claims, Succession succession) {
        this.claims = claims;
        this.succession = succession;
    }

    /// The state's monitor must be held.
    void after(Call before, Change<?> change) {
        if (before instanceof LiveCall live
                && change.next() != null
                && !(change.next() instanceof LiveCall)) {
            freed = live;
            ClaimTerms terms = succession.terms();
            if (terms != null) {
                claim = claims.claim(List.of(live.key().account()), terms);
            }
        }
    }

    /// The state's monitor must not be held any more.
    void tell() {
        if (freed != null) {
            succession.over(List.of(freed), claim);
        }
    }
}
