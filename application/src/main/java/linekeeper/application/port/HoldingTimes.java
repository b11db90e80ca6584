package linekeeper.application.port;

import linekeeper.domain.AccountId;
import linekeeper.domain.queue.HoldingTime;

/// What was observed of how long calls hold their slots.
public interface HoldingTimes {
    /// From the account's latest ended calls; may lag by some seconds. Cheap enough for every accept.
    HoldingTime of(AccountId account);
}
