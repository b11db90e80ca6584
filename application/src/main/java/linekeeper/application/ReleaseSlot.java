package linekeeper.application;

import linekeeper.application.EndCall.Ending;
import linekeeper.application.port.Calls;
import linekeeper.application.port.Change;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallKey;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.call.CallType;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.Outcome;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Gives a slot back by an operator's word and ends its call as failed; exactly once, however often it
/// is asked (B3). Thread-safe.
public final class ReleaseSlot {
    private static final Logger LOG = System.getLogger(ReleaseSlot.class.getName());

    private final CallDesk desk;
    private final Calls calls;
    private final InstantSource clock;

    public ReleaseSlot(CallDesk desk, Calls calls, InstantSource clock) {
        this.desk = desk;
        this.calls = calls;
        this.clock = clock;
    }

    /// Empty: no such call holds a slot, now or any more; logged, not an error.
    public Optional<Released> release(CallKey key) {
        Instant now = clock.instant();
        Failure failure = new Failure(Failure.RELEASED_BY_OPERATOR, "Released by an operator");
        Ending ending = Ending.of(new Outcome.Failed(failure), now, "operator");
        Optional<Released> released =
                desk.change(
                        key,
                        now,
                        current ->
                                current.orElse(null) instanceof LiveCall live
                                        ? EndCall.live(live, ending, Optional.of(released(live)))
                                        : Change.none(Optional.empty()));
        if (released.isEmpty()) {
            LOG.log(Level.WARNING, () -> "no slot to release for " + key);
        }
        return released;
    }

    /// The same by the provider's id; only calls of `account` are found.
    public Optional<Released> release(AccountId account, ExecutionId execution) {
        Optional<CallKey> key =
                calls.keyOf(execution).filter(found -> found.account().equals(account));
        if (key.isEmpty()) {
            LOG.log(Level.WARNING, () -> "no call to release for " + execution);
        }
        return key.flatMap(this::release);
    }

    private static Released released(LiveCall call) {
        return new Released(call.key(), call.accepted().request().type());
    }

    /// Whose slot was given back.
    public record Released(CallKey key, CallType type) {}
}
