package linekeeper.application.port;

import linekeeper.domain.AccountId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.provider.CircuitBreaker;

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

    /// The call has its execution from now on.
    default void bound(ActiveCall call) {}

    /// A slot was given back.
    default void slotFreed(AccountId account, Instant now) {}

    default void ended(EndedCall call) {}

    /// A provider's circuit breaker on this node has changed its state (H6).
    default void breaker(ProviderName provider, CircuitBreaker breaker) {}
}
