package linekeeper.application.port;

import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Requests to call drivers that their backend may repeat under a key of its own. What a request is going
/// to call is written down before it is called, so that a repetition calls the same ids: those are taken
/// once, whatever crashes in between (A4, C1).
public interface DriverRequests {
    /// How long a repetition is known as one.
    Duration KEPT = Duration.ofDays(7);

    /// Begins a request, goes on with one that its holder left, or tells what is known of it. Of any
    /// number of concurrent callers at most one holds it.
    ///
    /// @param calls the ids to begin with if it is new, in the order of its drivers
    /// @param until how long the caller holds it
    Opened open(Request request, List<CallId> calls, Instant now, Instant until);

    /// Writes down other ids before they are called; false: somebody else holds the request now.
    boolean plan(Hold hold, List<CallId> calls, Instant until);

    /// Writes down how it ended, and that nothing of it is open; false: somebody else holds it now.
    boolean settle(Hold hold, List<Entry> entries);

    /// Leaves it to whoever repeats it, for something of it is open.
    void leave(Hold hold, Instant now);

    /// Forgets requests that began before `cutoff`, at most `most`; how many.
    int removeBefore(Instant cutoff, int most);

    /// @param key the backend's
    /// @param fingerprint of what it asks for
    record Request(AccountId account, String key, String fingerprint) {}

    /// @param number whoever holds it later has another one
    record Hold(AccountId account, String key, long number) {}

    /// What became of one driver.
    ///
    /// @param call the id that it was called under
    /// @param refused it was not: [#TOO_MANY], or the call that was in the way; null: it was
    record Entry(CallId call, @Nullable String refused) {
        /// The second had no more ids for the driver; as no call's id is.
        public static final String TOO_MANY = " ";
    }

    /// What is known of a request.
    sealed interface Opened {}

    /// It is new, and the caller's to carry out.
    record Begun(Hold hold) implements Opened {}

    /// Its holder is gone, and it is the caller's to carry out.
    ///
    /// @param at when it was begun, which its ids tell
    /// @param calls some may have been called
    record Resumed(Hold hold, Instant at, List<CallId> calls) implements Opened {}

    /// It was carried out.
    record Settled(List<Entry> entries) implements Opened {}

    /// Somebody carries it out just now.
    record Held() implements Opened {}

    /// The key was used for something else.
    record Different() implements Opened {}

    /// There is no such account.
    record NoSuchAccount() implements Opened {}
}
