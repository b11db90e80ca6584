package linekeeper.application.port;

import linekeeper.domain.AccountId;
import linekeeper.domain.queue.HoldingTime;
import linekeeper.domain.queue.Inflow;

import java.time.Instant;

/// What was observed of how long calls hold their slots, and how fast calls come.
public interface HoldingTimes {
    /// From the account's latest attempts that are over; may lag by some seconds. Cheap enough for every accept.
    HoldingTime of(AccountId account);

    /// Calls accepted in the latest whole stretches before `now`, those left out that lie before the
    /// account's first; may lag by some seconds. Cheap enough for every accept.
    Inflow inflow(AccountId account, Instant now);
}
