package linekeeper.application.port;

import linekeeper.domain.AccountId;

import java.time.Instant;

/// Tells a loop that it may find something to do. Never blocks; a lost call is made good by the loop's
/// poll.
public interface Wake {
    /// A slot of this account is free, or a call of it waits, or its limit was raised.
    void dispatch(AccountId account);

    /// There is something to tell this account's backend.
    default void tell(AccountId account) {}

    /// From `at` on, calls of any account may go on that something held back until then.
    default void dispatchAt(Instant at) {}
}
