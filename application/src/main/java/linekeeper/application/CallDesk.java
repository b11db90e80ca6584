package linekeeper.application;

import linekeeper.application.port.CallObserver;
import linekeeper.application.port.Calls;
import linekeeper.application.port.Change;
import linekeeper.application.port.Decision;
import linekeeper.application.port.Wake;
import linekeeper.domain.CallKey;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.UnboundCall;
import linekeeper.domain.notice.NoticeType;
import linekeeper.domain.notice.Step;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Optional;

/// The one way the use cases change a call: a slot that comes free is handed on ([HandOn]), whoever waits
/// for something to tell a backend is woken, and a call that was cancelled while nobody knew its execution is
/// hung up by whoever binds it. Thread-safe.
public final class CallDesk {
    private static final Logger LOG = System.getLogger(CallDesk.class.getName());

    private final Calls calls;
    private final Wake wake;
    private final CallObserver observer;
    private final HangUp hangUp;
    private final GiveSlots slots;

    CallDesk(Calls calls, Wake wake, CallObserver observer, HangUp hangUp, GiveSlots slots) {
        this.calls = calls;
        this.wake = wake;
        this.observer = observer;
        this.hangUp = hangUp;
        this.slots = slots;
    }

    /// Changes a call as [Calls#change] does.
    <R> R change(CallKey key, Instant now, Decision<R> decision) {
        Watched<R> watched = new Watched<>(decision);
        R answer = calls.change(key, watched, new HandOn(slots, wake, observer, now));
        watched.announce(key);
        return answer;
    }

    /// The bind holds whatever comes of this; the reconciler makes good what fails here.
    private void hangUpIfWished(ActiveCall bound) {
        if (!bound.slot().hangUpPending()) {
            return;
        }
        try {
            hangUp.ask(this, bound);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, () -> bound.key() + " is hung up later", e);
        }
    }

    /// Remembers what the decision, perhaps run several times, did the last time.
    private final class Watched<R> implements Decision<R> {
        private final Decision<R> decision;
        private @Nullable Call before;
        private @Nullable Call after;

        Watched(Decision<R> decision) {
            this.decision = decision;
        }

        @Override
        public Change<R> decide(Optional<Call> current) {
            Change<R> change = decision.decide(current);
            before = current.orElse(null);
            after = change.next();
            return change;
        }

        void announce(CallKey key) {
            if (before instanceof QueuedCall && after instanceof QueuedCall) {
                wake.dispatch(key.account());
            }
            if (after instanceof EndedCall ended && !(before instanceof EndedCall)) {
                observer.ended(ended);
            }
            if (before != null
                    && after != null
                    && !NoticeType.told(new Step(before, after)).isEmpty()) {
                wake.tell(key.account());
            }
            if (before instanceof UnboundCall && after instanceof ActiveCall bound) {
                observer.bound(bound);
                hangUpIfWished(bound);
            }
        }
    }
}
