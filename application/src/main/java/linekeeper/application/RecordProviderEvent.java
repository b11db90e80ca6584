package linekeeper.application;

import linekeeper.application.port.Calls;
import linekeeper.application.port.Calls.LateReport;
import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.ExecutionReport.Echo;
import linekeeper.application.port.Lookup;
import linekeeper.application.port.ParkedReports;
import linekeeper.application.port.Providers;
import linekeeper.application.port.Slots;
import linekeeper.application.port.VoiceProvider;
import linekeeper.domain.CallKey;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.call.LiveCall;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Takes in what a provider reports: finds the call by our echoed id, else by the execution id, and
/// moves it forward; durable before it returns. A report that comes before its execution is bound
/// binds it, or is parked until the bind lands. The same report twice, or an old one, changes nothing
/// (H3). Thread-safe.
public final class RecordProviderEvent {
    private static final Logger LOG = System.getLogger(RecordProviderEvent.class.getName());

    private final CallDesk desk;
    private final EndCall endCall;
    private final Calls calls;
    private final Slots slots;
    private final ParkedReports parked;
    private final KeepTranscript transcript;
    private final Providers providers;
    private final InstantSource clock;

    RecordProviderEvent(
            CallDesk desk,
            EndCall endCall,
            CallEngine.Store store,
            Providers providers,
            InstantSource clock) {
        this.desk = desk;
        this.endCall = endCall;
        this.calls = store.calls();
        this.slots = store.slots();
        this.parked = store.parked();
        this.transcript = new KeepTranscript(store.calls(), store.transcripts());
        this.providers = providers;
        this.clock = clock;
    }

    /// A webhook's report.
    ///
    /// @throws linekeeper.application.port.StoreUnavailable the provider must send it again
    public Recorded webhook(ExecutionReport report) {
        Optional<CallKey> key = keyOf(report);
        return key.isPresent() ? record(key.get(), report) : ofEarlierAttempt(report);
    }

    private Recorded ofEarlierAttempt(ExecutionReport report) {
        return calls.earlierAttempt(report.execution())
                .map(attempt -> record(attempt.key(), report.knownAs(attempt)))
                .orElseGet(() -> park(report));
    }

    /// What the provider answered when it was asked about this attempt of a call.
    Recorded answer(LiveCall call, ExecutionReport report) {
        Echo attempt = new Echo(call.key(), call.attempt());
        return apply(call.key(), report.knownAs(attempt));
    }

    /// Applies what was parked for an execution that is bound now.
    void recordParked(ExecutionId execution) {
        List<ExecutionReport> reports = parked.of(execution);
        for (ExecutionReport report : reports) {
            calls.keyOf(execution).ifPresent(key -> record(key, report));
        }
        if (!reports.isEmpty()) {
            parked.remove(execution);
        }
    }

    /// Of what nobody has signed neither an end is believed nor whose execution it is.
    private Recorded record(CallKey key, ExecutionReport report) {
        if (!needsConfirmation(report)) {
            return apply(key, report);
        }
        if (report.terminal()) {
            return confirm(key, report);
        }
        Recorded recorded = applyUnproven(key, report);
        if (recorded == Recorded.TO_BE_CONFIRMED || recorded == Recorded.EARLIER_ATTEMPT) {
            return confirm(key, report);
        }
        transcript.of(key, report);
        return recorded;
    }

    private Optional<CallKey> keyOf(ExecutionReport report) {
        return report.echo() == null
                ? calls.keyOf(report.execution())
                : Optional.of(report.echo().key());
    }

    private Recorded park(ExecutionReport report) {
        if (!slots.anyUnbound(report.execution().provider())) {
            LOG.log(Level.WARNING, () -> "no call for execution " + report.execution());
            return Recorded.UNKNOWN_CALL;
        }
        parked.park(report, clock.instant());
        if (calls.keyOf(report.execution()).isPresent()) {
            // The bind that landed meanwhile may have looked before there was anything to find.
            recordParked(report.execution());
        }
        return Recorded.PARKED;
    }

    private boolean needsConfirmation(ExecutionReport report) {
        return providers
                .named(report.execution().provider())
                .map(VoiceProvider::confirmEnds)
                .orElse(false);
    }

    /// The provider's own answer counts; while it has none, the reconciler goes on asking.
    private Recorded confirm(CallKey key, ExecutionReport report) {
        Lookup answer =
                providers
                        .named(report.execution().provider())
                        .map(provider -> provider.get(report.execution()))
                        .orElseGet(() -> new Lookup.Undecided("provider is not configured here"));
        return switch (answer) {
            case Lookup.Found(ExecutionReport confirmed) ->
                    apply(key, confirmed.knownAs(report.echo()));
            case Lookup.Absent() -> {
                LOG.log(Level.WARNING, () -> "unconfirmed report of " + report.execution());
                yield Recorded.NOTHING_NEW;
            }
            case Lookup.Undecided undecided -> askLater(key, report);
        };
    }

    private Recorded askLater(CallKey key, ExecutionReport report) {
        Recorded recorded =
                applyUnproven(key, report.terminal() ? report.asDisconnected() : report);
        return recorded == Recorded.UNKNOWN_CALL ? recorded : Recorded.TO_BE_CONFIRMED;
    }

    private Recorded applyUnproven(CallKey key, ExecutionReport report) {
        Instant now = clock.instant();
        return desk.change(key, now, new ReportDecision(report, false, endCall, now));
    }

    private Recorded apply(CallKey key, ExecutionReport report) {
        transcript.of(key, report);
        Instant now = clock.instant();
        Recorded recorded = desk.change(key, now, new ReportDecision(report, true, endCall, now));
        if (recorded == Recorded.BOUND) {
            // Reports that know the execution only have waited for this.
            recordParked(report.execution());
        }
        if (recorded == Recorded.EARLIER_ATTEMPT && report.echo() != null) {
            int attempt = report.echo().attempt();
            calls.amendEarlier(
                    new LateReport(key, attempt, report.execution(), report.facts(), now));
        }
        return recorded;
    }

    /// What became of a report.
    public enum Recorded {
        /// The call has moved.
        APPLIED,
        /// The call has moved, and it is known only now which execution is its.
        BOUND,
        /// The call knew that already, or is past it.
        NOTHING_NEW,
        /// Speaks of an attempt that another followed; what was not known of that one is kept with it.
        EARLIER_ATTEMPT,
        /// Kept until its execution is bound.
        PARKED,
        /// The provider will be asked whether the call is over, or whether the execution is the call's.
        TO_BE_CONFIRMED,
        /// No call of ours.
        UNKNOWN_CALL
    }
}
