package linekeeper.application.port;

import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.TimelineEvent;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The record of every call.
public interface Calls {
    Optional<Call> find(CallKey key);

    /// Those of the calls that are there, in any order.
    default List<Call> findAll(List<CallKey> keys) {
        return keys.stream().flatMap(key -> find(key).stream()).toList();
    }

    /// Whether the call was hidden.
    boolean isHidden(CallKey key);

    /// Takes a call that is over out of the lists; its record, its id and its timeline stay. To do it
    /// again changes nothing.
    Hiding hide(CallKey key, Instant now);

    /// What came of it.
    enum Hiding {
        HIDDEN,
        NOT_OVER,
        NO_SUCH_CALL
    }

    /// Which call the provider knows under this id (B4).
    Optional<CallKey> keyOf(ExecutionId execution);

    /// The calls of this id in whatever accounts, for those who know no account: the live ones, or, if
    /// none is live, all; at most `most`.
    List<CallKey> withId(CallId id, int most);

    /// Which attempt of a call, not its latest, the provider knows under this id (B4).
    Optional<ExecutionReport.Echo> earlierAttempt(ExecutionId execution);

    /// Keeps what is heard only now of an attempt that another followed: its execution, if none was
    /// known, and facts that were missing; one commit, with one line in the call's timeline. False:
    /// nothing of it is new.
    boolean amendEarlier(LateReport late);

    /// @param attempt not the call's latest
    record LateReport(
            CallKey key, int attempt, ExecutionId execution, CallFacts facts, Instant now) {
        /// What the timeline's line, `earlier_attempt_report`, tells of it.
        public Map<String, String> detail() {
            Map<String, String> detail = new HashMap<>();
            detail.put("attempt", Integer.toString(attempt));
            detail.put("execution_id", execution.value());
            facts.told().forEach((fact, value) -> detail.put(fact, value.toString()));
            return detail;
        }
    }

    /// Loads a call, lets `decision` say what becomes of it, and stores that in one commit: record,
    /// queue entry, slot, timeline and, at its end, the notice and, if it was dialed, its lead. Changes
    /// of one call happen one after the other, on all nodes.
    ///
    /// A lead that cannot be written is left to a job ([Jobs]), and the call ends all the same.
    ///
    /// The decision is pure: it may be run again, and others may be written in the same commit.
    ///
    /// @throws StoreUnavailable the change may have been stored or not; repeating it is safe if the
    ///     decision looks at the state it is given
    default <R> R change(CallKey key, Decision<R> decision) {
        return change(key, decision, Succession.NONE);
    }

    /// The same, and if the change frees a slot, gives it in the same commit to whoever is next in the
    /// call's account, as `succession` allows. No change fails because of that, and none waits for long: a
    /// slot that cannot be given out, or not at once, is only freed.
    <R> R change(CallKey key, Decision<R> decision, Succession succession);

    /// A page of calls, newest first; without those that are hidden.
    CallPage list(AccountId account, CallFilter filter, PageRequest page);

    /// A call's timeline from its beginning, at most `most` lines after sequence number `after`.
    List<Recorded> timeline(CallKey key, long after, int most);

    /// @param sequence 1, 2, 3 … per call, without gaps
    record Recorded(long sequence, TimelineEvent event) {}
}
