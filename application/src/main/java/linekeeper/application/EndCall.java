package linekeeper.application;

import linekeeper.application.port.Change;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.TimelineEvent;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// The only place that ends a call. The store writes the end, the slot's release and the notice in one
/// commit, so a call is either live with a slot or over without one, whatever crashes.
final class EndCall {
    private EndCall() {}

    /// A call that holds a slot is over.
    static <R> Change<R> live(LiveCall call, Ending ending, R answer) {
        EndedCall ended = call.end(ending.outcome, ending.facts, ending.at);
        return Change.to(ended, event(ended, ending), answer);
    }

    /// A waiting call will never be dialed.
    static <R> Change<R> waiting(QueuedCall call, Ending ending, R answer) {
        EndedCall ended = call.withdraw(ending.outcome, ending.at);
        return Change.to(ended, event(ended, ending), answer);
    }

    private static TimelineEvent event(EndedCall ended, Ending ending) {
        Map<String, String> detail = new LinkedHashMap<>();
        detail.put("status", ended.status().wireName());
        detail.put("by", ending.by);
        if (ending.outcome instanceof Outcome.Failed failed) {
            detail.put("error_code", failed.failure().code());
            detail.put("error_message", failed.failure().message());
        }
        return TimelineEvent.of(ending.at, "ended", detail);
    }

    /// How, when and by whose word a call ends.
    ///
    /// @param by for the timeline: `provider`, `dial`, `reconciler`, `operator`, `caller`, `expiry`
    record Ending(Outcome outcome, CallFacts facts, Instant at, String by) {
        static Ending of(Outcome outcome, Instant at, String by) {
            return new Ending(outcome, CallFacts.NONE, at, by);
        }
    }
}
