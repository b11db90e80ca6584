package linekeeper.application.port;

import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Where the records of old calls go, so that those of the live ones stay few (C9).
///
/// An archived call is found by its id as before ([Calls#find]), also by [Intake], which never takes its
/// id for a new one; it can still be hidden and be told late facts, and it counts in figures. It is in no
/// list of calls any more, and nothing is added to its transcript.
public interface CallArchive {
    /// Looks at calls of one account that ended before `before`, the earliest accepted first, at most
    /// `most`, and archives those of which nothing is pending: no notice and no job. Each is moved in one
    /// commit with all that belongs to it; a call that is being changed just now stays.
    ///
    /// @param after where the last step ended; null: begins with the first account
    /// @throws StoreUnavailable calls may have been archived or not; repeating it is safe
    Step step(@Nullable Place after, Instant before, int most);

    /// A place in the walk through all accounts.
    record Place(AccountId account, Instant createdAt, CallId call) {}

    /// @param archived how many calls were moved
    /// @param next where to go on; null: all have been looked at
    record Step(int archived, @Nullable Place next) {}
}
