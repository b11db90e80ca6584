package linekeeper.application;

import linekeeper.application.EndCall.Ending;
import linekeeper.application.RecordProviderEvent.Recorded;
import linekeeper.application.port.Change;
import linekeeper.application.port.Decision;
import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.ExecutionReport.Echo;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Progress;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.TimelineEvent;
import linekeeper.domain.call.UnboundCall;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a provider's report does to the call it speaks of: forward or nothing.
///
/// @param proven it is certainly the provider's; else it binds nothing, for a slot that is bound to what
///     somebody made up would be given back while the telephone rings
record ReportDecision(ExecutionReport report, boolean proven, EndCall endCall, Instant now)
        implements Decision<Recorded> {
    private static final Logger LOG = System.getLogger(ReportDecision.class.getName());

    @Override
    public Change<Recorded> decide(Optional<Call> current) {
        if (current.isEmpty()) {
            return Change.none(Recorded.UNKNOWN_CALL);
        }
        if (speaksOfEarlierAttempt(current.get())) {
            return Change.none(Recorded.EARLIER_ATTEMPT);
        }
        return meant(current.get())
                ? on(current.get())
                : nothing("is about another attempt or provider");
    }

    private boolean speaksOfEarlierAttempt(Call call) {
        Echo echo = report.echo();
        return echo != null && echo.key().equals(call.key()) && echo.attempt() < call.attempt();
    }

    private boolean meant(Call call) {
        Echo echo = report.echo();
        return report.execution().provider().equals(call.accepted().provider())
                && (echo == null
                        || (echo.key().equals(call.key()) && echo.attempt() == call.attempt()));
    }

    private Change<Recorded> on(Call call) {
        return switch (call) {
            case QueuedCall queued -> nothing("is about a call that was not dialed");
            case UnboundCall unbound ->
                    report.echo() == null ? nothing("does not say whose it is") : first(unbound);
            case ActiveCall active ->
                    active.execution().equals(report.execution())
                            ? step(active, List.of())
                            : nothing("is about a second execution");
            case EndedCall ended -> late(ended);
        };
    }

    private Change<Recorded> first(UnboundCall unbound) {
        return proven ? bind(unbound) : Change.none(Recorded.TO_BE_CONFIRMED);
    }

    private Change<Recorded> bind(UnboundCall unbound) {
        ActiveCall bound = unbound.bind(report.execution(), report.facts().conversation(), now);
        Change<Recorded> step = step(bound, List.of(event("bound")));
        return step.next() == null
                ? Change.to(bound, event("bound"), Recorded.BOUND)
                : step.answering(Recorded.BOUND);
    }

    private Change<Recorded> step(ActiveCall call, List<TimelineEvent> before) {
        return switch (report.stage()) {
            case ExecutionReport.Reached(Progress progress) -> advance(call, progress, before);
            case ExecutionReport.Over(Outcome outcome) -> {
                Outcome known = outcome.given(call.facts().mergedWith(report.facts()));
                Ending ending = new Ending(known, report.facts(), now, "provider");
                yield endCall.attempt(call, ending, Recorded.APPLIED).after(before);
            }
            case ExecutionReport.Unrecognised(String word) -> nothing("says '" + word + "'");
        };
    }

    private Change<Recorded> advance(
            ActiveCall call, Progress progress, List<TimelineEvent> before) {
        return call.advance(progress, facts(progress), now)
                .map(next -> Change.to(next, event(progress.eventName()), Recorded.APPLIED))
                .or(() -> learn(call))
                .map(change -> change.after(before))
                .orElseGet(() -> Change.none(Recorded.NOTHING_NEW));
    }

    private Optional<Change<Recorded>> learn(ActiveCall call) {
        return call.learn(report.facts(), now)
                .map(next -> Change.to(next, event("facts_added"), Recorded.APPLIED));
    }

    private CallFacts facts(Progress progress) {
        CallFacts facts = report.facts();
        boolean undated = progress == Progress.ANSWERED && facts.answeredAt() == null;
        return undated ? facts.withAnsweredAt(now) : facts;
    }

    /// The status stays; what the provider tells late is kept.
    private Change<Recorded> late(EndedCall call) {
        if (call.execution() == null) {
            LOG.log(
                    Level.WARNING,
                    () -> call.key() + " was dialed after all: " + report.execution());
            return Change.to(
                    call.identify(report.execution()), event("late_report"), Recorded.APPLIED);
        }
        if (!call.execution().equals(report.execution())) {
            return nothing("is about a second execution");
        }
        return call.amend(report.facts())
                .map(next -> Change.to(next, event("facts_added"), Recorded.APPLIED))
                .orElseGet(() -> Change.none(Recorded.NOTHING_NEW));
    }

    private Change<Recorded> nothing(String why) {
        LOG.log(Level.DEBUG, () -> "report of " + report.execution() + " " + why);
        return Change.none(Recorded.NOTHING_NEW);
    }

    private TimelineEvent event(String name) {
        return TimelineEvent.of(now, name, Map.of("execution_id", report.execution().value()));
    }
}
