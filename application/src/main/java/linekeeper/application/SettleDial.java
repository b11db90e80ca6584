package linekeeper.application;

import linekeeper.application.EndCall.Ending;
import linekeeper.application.Failover.Onward;
import linekeeper.application.port.Calls;
import linekeeper.application.port.Calls.LateReport;
import linekeeper.application.port.Change;
import linekeeper.application.port.DialResult;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.TimelineEvent;
import linekeeper.domain.call.UnboundCall;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Stores what came of a dial: binds the execution id, ends a refused call, puts back one that was
/// certainly not dialed, keeps the slot of one that perhaps was. May be repeated. Thread-safe.
final class SettleDial {
    private static final Logger LOG = System.getLogger(SettleDial.class.getName());

    private final CallDesk desk;
    private final Calls calls;
    private final RecordProviderEvent events;
    private final Failover failover;
    private final DialRules rules;
    private final InstantSource clock;

    SettleDial(
            CallDesk desk,
            Calls calls,
            RecordProviderEvent events,
            Failover failover,
            DialRules rules,
            InstantSource clock) {
        this.desk = desk;
        this.calls = calls;
        this.events = events;
        this.failover = failover;
        this.rules = rules;
        this.clock = clock;
    }

    /// @throws linekeeper.application.port.StoreUnavailable repeat it
    Dialed settle(ReservedCall call, Verdict verdict) {
        Instant now = clock.instant();
        // Asked before the decision, which is pure.
        Onward onward = certainlyNotDialed(verdict) ? failover.from(call) : stay(call);
        Turn turn = new Turn(call, verdict, onward, now);
        Dialed dialed = desk.change(call.key(), now, current -> decide(current, turn));
        if (dialed instanceof Dialed.Bound(ExecutionId execution)) {
            events.recordParked(execution);
        }
        if (dialed instanceof Dialed.Overtaken && verdict instanceof Verdict.Answered answered) {
            tellEarlierAttempt(call, answered.result(), now);
        }
        return dialed;
    }

    /// The attempt may have been judged and followed by another meanwhile; its execution is kept with it.
    private void tellEarlierAttempt(ReservedCall call, DialResult result, Instant now) {
        if (result instanceof DialResult.Accepted accepted) {
            CallFacts facts = CallFacts.NONE.withConversation(accepted.conversation());
            calls.amendEarlier(
                    new LateReport(call.key(), call.attempt(), accepted.execution(), facts, now));
        }
    }

    private static boolean certainlyNotDialed(Verdict verdict) {
        return verdict instanceof Verdict.Answered(DialResult result)
                && switch (result) {
                    case DialResult.NotSent notSent -> true;
                    case DialResult.Refused refused -> refused.retryable();
                    case DialResult.Accepted accepted -> false;
                    case DialResult.Unknown unknown -> false;
                };
    }

    private static Onward stay(ReservedCall call) {
        return new Onward.Later(call.accepted().provider());
    }

    private Change<Dialed> decide(Optional<Call> current, Turn turn) {
        ReservedCall dialed = turn.dialed;
        Verdict verdict = turn.verdict;
        Instant now = turn.now;
        if (current.orElse(null) instanceof UnboundCall held && sameLease(held, dialed)) {
            return switch (verdict) {
                case Verdict.Stale() ->
                        putBack(held, dialed, Duration.ZERO, "not dialed in time", now);
                case Verdict.TooLate() ->
                        EndCall.live(
                                held,
                                Ending.of(new Outcome.Expired(), now, "expiry"),
                                new Dialed.Expired());
                case Verdict.Unwanted() -> withdraw(held, now);
                case Verdict.Answered(DialResult result) -> answered(held, turn, result);
            };
        }
        return overtaken(current, dialed, verdict, now);
    }

    private Change<Dialed> answered(UnboundCall held, Turn turn, DialResult result) {
        Instant now = turn.now;
        return switch (result) {
            case DialResult.Accepted accepted -> bind(held, accepted, now);
            case DialResult.Refused(Failure failure, boolean retryable) ->
                    retryable ? goOn(held, turn, failure.code()) : refuse(held, failure, now);
            case DialResult.NotSent(String cause) -> goOn(held, turn, cause);
            case DialResult.Unknown(String cause) -> keep(held, cause, now);
        };
    }

    private static Change<Dialed> bind(
            UnboundCall held, DialResult.Accepted accepted, Instant now) {
        ActiveCall bound = held.bind(accepted.execution(), accepted.conversation(), now);
        TimelineEvent event = TimelineEvent.of(now, "bound", execution(accepted.execution()));
        return Change.to(bound, event, new Dialed.Bound(accepted.execution()));
    }

    private static Change<Dialed> refuse(UnboundCall held, Failure failure, Instant now) {
        Ending ending = Ending.of(new Outcome.Failed(failure), now, "dial");
        return EndCall.live(held, ending, new Dialed.Refused(failure));
    }

    /// By the next way without delay; when all were tried, back to the first, and wait.
    private Change<Dialed> goOn(UnboundCall held, Turn turn, String cause) {
        if (held.slot().wish() != null) {
            return withdraw(held, turn.now);
        }
        ProviderName tried = turn.dialed.accepted().provider();
        return switch (turn.onward) {
            case Onward.AtOnce(ProviderName next) ->
                    Change.to(
                            turn.dialed.reroute(next),
                            RerouteWaiting.rerouted(tried, next, cause, turn.now),
                            new Dialed.PutBack());
            case Onward.Later(ProviderName first) -> {
                Change<Dialed> waits =
                        putBack(held, turn.dialed, delay(turn.dialed), cause, turn.now);
                yield first.equals(tried) ? waits : rerouted(waits, turn, first);
            }
        };
    }

    private static Change<Dialed> rerouted(Change<Dialed> waits, Turn turn, ProviderName first) {
        ProviderName tried = turn.dialed.accepted().provider();
        List<TimelineEvent> events = new ArrayList<>(waits.events());
        events.add(RerouteWaiting.rerouted(tried, first, "all ways were tried", turn.now));
        return waits.next() instanceof QueuedCall queued
                ? new Change<>(waits.answer(), queued.reroute(first), events)
                : waits;
    }

    private static Change<Dialed> withdraw(UnboundCall held, Instant now) {
        Ending ending = Ending.of(new Outcome.Cancelled(), now, "caller");
        return EndCall.live(held, ending, new Dialed.Withdrawn());
    }

    private static Change<Dialed> putBack(
            UnboundCall held, ReservedCall call, Duration delay, String cause, Instant now) {
        if (held.slot().wish() != null) {
            return withdraw(held, now);
        }
        TimelineEvent event = TimelineEvent.of(now, "put_back", Map.of("cause", cause));
        return Change.to(call.requeue(delay, now), event, new Dialed.PutBack());
    }

    private static Change<Dialed> keep(UnboundCall held, String cause, Instant now) {
        if (!(held instanceof ReservedCall reserved)) {
            return Change.none(new Dialed.Unconfirmed());
        }
        TimelineEvent event = TimelineEvent.of(now, "dial_unknown", Map.of("cause", cause));
        return Change.to(reserved.unconfirmed(now), event, new Dialed.Unconfirmed());
    }

    /// A webhook or the reconciler was faster. Only an execution nobody knew of is worth a word.
    private static Change<Dialed> overtaken(
            Optional<Call> current, ReservedCall dialed, Verdict verdict, Instant now) {
        if (current.map(call -> call.attempt() > dialed.attempt()).orElse(false)) {
            return Change.none(new Dialed.Overtaken());
        }
        if (verdict instanceof Verdict.Answered(DialResult.Accepted accepted)) {
            ExecutionId execution = accepted.execution();
            if (current.map(call -> knows(call, execution)).orElse(false)) {
                return Change.none(new Dialed.Bound(execution));
            }
            LOG.log(Level.ERROR, () -> "execution " + execution + " belongs to no live slot");
            return Change.note(
                    TimelineEvent.of(now, "unexpected_execution", execution(execution)),
                    new Dialed.Overtaken());
        }
        return Change.none(new Dialed.Overtaken());
    }

    private static boolean knows(Call call, ExecutionId execution) {
        return switch (call) {
            case ActiveCall active -> active.execution().equals(execution);
            case EndedCall ended -> execution.equals(ended.execution());
            default -> false;
        };
    }

    private static boolean sameLease(LiveCall held, ReservedCall dialed) {
        return held.slot().lease().equals(dialed.slot().lease());
    }

    private Duration delay(ReservedCall call) {
        return rules.putBack().delay(call.deferrals());
    }

    private static Map<String, String> execution(ExecutionId execution) {
        return Map.of("provider", execution.provider().value(), "execution_id", execution.value());
    }

    /// @param onward where the call goes if nobody was dialed
    private record Turn(ReservedCall dialed, Verdict verdict, Onward onward, Instant now) {}
}
