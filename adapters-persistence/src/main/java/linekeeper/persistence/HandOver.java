package linekeeper.persistence;

import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Slots.Claim;
import linekeeper.application.port.Succession;
import linekeeper.domain.call.LiveCall;
import linekeeper.persistence.ChangeBatch.Asked;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/// The slots that a batch of changes frees, handed on to the calls that are next in the same commit. Not
/// thread-safe.
///
/// The gate is passed last, when everything of the changes is written, leads and all: who holds it waits for
/// nobody's slots, ends or leads, so whoever waits at it may hold any of them. Nobody passes it where
/// nobody waits for a slot.
///
/// While a batch claims, whatever comes in for the next one waits, binds and answers among it. Where that is
/// much, as the batch's own size tells, the slots are left to the dispatcher, which claims beside the batches.
final class HandOver {
    static final int LARGEST_BATCH = 60;
    private static final Logger LOG = System.getLogger(HandOver.class.getName());

    private final Succession succession;
    private final Claims claims;
    private boolean open;
    private boolean begun;
    private boolean asked;
    private @Nullable ClaimTerms terms;
    private Claims.@Nullable Round round;
    private List<LiveCall> freed = List.of();
    private @Nullable Claim claim;

    private HandOver(Succession succession, Claims claims, boolean open) {
        this.succession = succession;
        this.claims = claims;
        this.open = open;
    }

    /// By the first of the batch that offers a succession: it knows when the first slot of them came free.
    static HandOver of(List<Asked> batch, Claims claims) {
        return new HandOver(
                batch.stream()
                        .map(Asked::succession)
                        .filter(one -> !one.equals(Succession.NONE))
                        .findFirst()
                        .orElse(Succession.NONE),
                claims,
                batch.size() <= LARGEST_BATCH);
    }

    /// A try has failed. If slots were about to be handed on by it, it may have failed of that, and from now
    /// on they are only freed.
    ///
    /// @return whether that makes it worth the same try again
    boolean gaveUp() {
        boolean toBlame = open && begun;
        open &= !begun;
        return toBlame;
    }

    /// In the transaction of the changes, after them. It may be run again.
    void claim(List<LiveCall> freeing) {
        round = null;
        ClaimTerms allowed = freeing.isEmpty() || !open ? null : terms();
        if (allowed != null) {
            begun = true;
            List<String> accounts =
                    claims.waitingAmong(
                            freeing.stream()
                                    .map(call -> call.key().account().value())
                                    .distinct()
                                    .toList());
            round = accounts.isEmpty() ? null : claims.claim(accounts, allowed);
        }
    }

    private @Nullable ClaimTerms terms() {
        if (!asked) {
            asked = true;
            terms = succession.terms();
        }
        return terms;
    }

    /// The transaction holds. Who was put back by it may have been given a slot again.
    void committed(List<LiveCall> calls, LiveCalls live) {
        freed = calls;
        if (round != null) {
            live.learn(round.given().claimed());
            claims.learn(round.given());
            claim = round.claim();
        }
    }

    /// In the end, whatever came of it. What goes wrong there is a bug, and must not look as if nothing had
    /// been committed, or all of it would be tried again. The reconciler finds calls that nobody dials.
    void tell() {
        if (asked || !freed.isEmpty()) {
            try {
                succession.over(freed, claim);
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "who follows was not told: indicates a bug", e);
            }
        }
    }
}
