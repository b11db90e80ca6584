package linekeeper.application.port;

import linekeeper.domain.AccountId;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.ReservedCall;

import java.time.Instant;

/// Watches calls go by, for figures. Called after the commit, from the thread that did the work; must
/// be quick and must not throw.
public interface CallObserver {
    CallObserver NONE = new CallObserver() {};

    /// A slot was reserved.
    default void reserved(ReservedCall call) {}

    /// Campaign calls got slots that waiting direct calls could have had: never, unless there is a bug
    /// (D7).
    ///
    /// @param calls how many, at least one
    default void passedOver(int calls) {}

    /// The provider is asked now.
    default void dialing(ReservedCall call, Instant now) {}

    /// The provider has answered.
    default void dialed(ReservedCall call, DialResult result) {}

    /// A slot was given back.
    default void slotFreed(AccountId account, Instant now) {}

    default void ended(EndedCall call) {}
}
