package linekeeper.application.port;

import linekeeper.domain.AccountId;

/// Tells the dispatcher that it may find something to do. Never blocks; a lost call is made good by
/// the dispatcher's poll.
public interface Wake {
    /// A slot of this account is free, or a call of it waits, or its limit was raised.
    void dispatch(AccountId account);
}
