package linekeeper.application;

import linekeeper.application.port.Change;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.RetryPolicy;
import linekeeper.domain.call.TimelineEvent;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The only place that ends an attempt or a call. The store writes the end, the slot's release, the
/// notice and, if another attempt follows, its place in the queue in one commit, so a call is either
/// live with a slot or waits or is over without one, whatever crashes. Immutable.
final class EndCall {
    private final RetryPolicy retries;

    /// @param retries for calls whose campaign has no rules of its own
    EndCall(RetryPolicy retries) {
        this.retries = retries;
    }

    /// An attempt is over. If the rules say so, an attempt is left and nobody wants the call to end, it
    /// waits for the next one (F3); else the call is over.
    <R> Change<R> attempt(LiveCall call, Ending ending, R answer) {
        EndedCall ended = ended(call, ending);
        return nextDue(call, ended)
                .map(due -> again(call.again(due), ended, ending, answer))
                .orElseGet(() -> over(ended, ending, answer));
    }

    /// A call that holds a slot is over, whatever attempts are left.
    static <R> Change<R> live(LiveCall call, Ending ending, R answer) {
        return over(ended(call, ending), ending, answer);
    }

    /// A waiting call will not be dialed any more.
    static <R> Change<R> waiting(QueuedCall call, Ending ending, R answer) {
        return over(call.withdraw(ending.outcome, ending.at), ending, answer);
    }

    private static EndedCall ended(LiveCall call, Ending ending) {
        EndedCall ended = call.end(ending.outcome, ending.facts, ending.at);
        return call.slot().wish() == null ? ended : ended.asWished();
    }

    private Optional<Instant> nextDue(LiveCall call, EndedCall ended) {
        RetryPolicy own = call.slot().retries();
        return call.slot().wish() == null
                ? (own == null ? retries : own).nextDue(ended)
                : Optional.empty();
    }

    private static <R> Change<R> again(QueuedCall next, EndedCall ended, Ending ending, R answer) {
        Map<String, String> detail = detail(ended, ending);
        detail.put("attempt", Integer.toString(ended.attempt()));
        if (ended.execution() != null) {
            detail.put("execution_id", ended.execution().value());
        }
        detail.put("next_attempt_at", next.dueAt().toString());
        detail.put("reason", reason(next, ended));
        TimelineEvent event = TimelineEvent.of(ending.at, "attempt_ended", detail);
        return Change.again(ended, next, event, answer);
    }

    private static String reason(QueuedCall next, EndedCall ended) {
        return "%s is tried again, attempt %d of %d"
                .formatted(
                        ended.status().wireName(), next.attempt(), next.accepted().maxAttempts());
    }

    private static <R> Change<R> over(EndedCall ended, Ending ending, R answer) {
        Map<String, String> detail = detail(ended, ending);
        return Change.to(ended, TimelineEvent.of(ending.at, "ended", detail), answer);
    }

    private static Map<String, String> detail(EndedCall ended, Ending ending) {
        Map<String, String> detail = new LinkedHashMap<>();
        detail.put("status", ended.status().wireName());
        detail.put("by", ending.by);
        if (ended.status() != ending.outcome.status()) {
            detail.put("instead_of", ending.outcome.status().wireName());
        }
        if (ending.outcome instanceof Outcome.Failed failed) {
            detail.put("error_code", failed.failure().code());
            detail.put("error_message", failed.failure().message());
        }
        return detail;
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
