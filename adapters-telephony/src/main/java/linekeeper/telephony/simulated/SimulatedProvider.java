package linekeeper.telephony.simulated;

import linekeeper.application.port.DialOrder;
import linekeeper.application.port.DialResult;
import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.ExecutionReport.Echo;
import linekeeper.application.port.ExecutionReport.Over;
import linekeeper.application.port.ExecutionReport.Reached;
import linekeeper.application.port.ExecutionReport.Stage;
import linekeeper.application.port.Lookup;
import linekeeper.application.port.StopResult;
import linekeeper.application.port.VoiceProvider;
import linekeeper.domain.ConversationId;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Progress;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// A provider that dials nobody. Calls ring, are answered and end in real time; some numbers have
/// scripted outcomes (see `docs/providers.md`). Reports go straight to `reports`. Thread-safe if
/// `random` is.
///
/// A simulated call goes on when its process dies: its course is in its execution id, and a process that
/// asks about it tells the rest of it. One whose id never came back cannot be found again.
public final class SimulatedProvider implements VoiceProvider {
    public static final ProviderName NAME = new ProviderName("simulated");

    private final SimulatedSettings settings;
    private final Later later;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Consumer<ExecutionReport> reports;
    private final Remembered remembered = new Remembered();

    public SimulatedProvider(
            SimulatedSettings settings,
            Later later,
            InstantSource clock,
            RandomGenerator random,
            Consumer<ExecutionReport> reports) {
        this.settings = settings;
        this.later = later;
        this.clock = clock;
        this.random = random;
        this.reports = reports;
    }

    @Override
    public ProviderName name() {
        return NAME;
    }

    @Override
    public DialResult dial(DialOrder order) {
        later.pause(settings.latency());
        Script script = Script.of(order.request().recipient().phone());
        return switch (script) {
            case REFUSED ->
                    new DialResult.Refused(
                            new Failure(Failure.PROVIDER_REFUSED, "Simulated refusal"), false);
            case UNREACHABLE -> new DialResult.NotSent("simulated outage");
            case REQUEST_LOST -> new DialResult.Unknown("simulated time-out, not dialed");
            case ANSWER_LOST -> {
                place(order, script);
                yield new DialResult.Unknown("simulated time-out, dialed");
            }
            case SILENT, NO_ANSWER, BUSY, VOICEMAIL, FAILED, BY_CHANCE ->
                    accepted(place(order, script));
        };
    }

    private static DialResult accepted(ExecutionId execution) {
        return new DialResult.Accepted(execution, conversation(execution));
    }

    private ExecutionId place(DialOrder order, Script script) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        SimulatedCall call = new SimulatedCall(now, random.nextLong(), script, settings);
        remembered.placed(order.echo(), call.id());
        remembered.told(call.id());
        tell(call, order.echo(), now);
        return call.id();
    }

    /// What is still to come at `now`.
    private void tell(SimulatedCall call, @Nullable Echo echo, Instant now) {
        if (call.script() != Script.SILENT) {
            Duration passed = Duration.between(call.startedAt(), now);
            tell(call.ringsAfter().minus(passed), call, echo, Progress.RINGING);
            if (call.answered()) {
                tell(call.answeredAfter().minus(passed), call, echo, Progress.ANSWERED);
            }
            tell(call.endsAfter().minus(passed), call, echo, null);
        }
    }

    private void tell(
            Duration in, SimulatedCall call, @Nullable Echo echo, @Nullable Progress progress) {
        if (in.isPositive()) {
            later.after(in, () -> report(call, echo, progress));
        }
    }

    /// @param progress null: the call ends
    private void report(SimulatedCall call, @Nullable Echo echo, @Nullable Progress progress) {
        if (remembered.stopped(call.id()) == null) {
            Stage stage = progress == null ? new Over(call.outcome()) : new Reached(progress);
            reports.accept(told(call.id(), echo, stage, call));
        }
    }

    @Override
    public Lookup find(DialOrder order, Instant now) {
        ExecutionId execution = remembered.execution(order.echo());
        return execution == null ? new Lookup.Absent() : get(execution);
    }

    @Override
    public Lookup get(ExecutionId execution) {
        Outcome stopped = remembered.stopped(execution);
        if (stopped != null) {
            return new Lookup.Found(
                    new ExecutionReport(execution, null, new Over(stopped), CallFacts.NONE));
        }
        return SimulatedCall.of(execution, settings)
                .map(call -> now(execution, call))
                .orElseGet(Lookup.Absent::new);
    }

    private Lookup now(ExecutionId execution, SimulatedCall call) {
        Instant now = clock.instant();
        Stage stage = call.stageAt(now);
        if (remembered.told(execution)) {
            tell(call, null, now);
        }
        return new Lookup.Found(told(execution, null, stage, call));
    }

    private static ExecutionReport told(
            ExecutionId execution, @Nullable Echo echo, Stage stage, SimulatedCall call) {
        return new ExecutionReport(
                execution,
                echo,
                stage,
                call.facts(stage).withConversation(conversation(execution)),
                call.transcript(stage));
    }

    /// The execution's id serves as the conversation's.
    static ConversationId conversation(ExecutionId execution) {
        return new ConversationId(execution.value());
    }

    @Override
    public StopResult stop(ExecutionId execution) {
        SimulatedCall call = SimulatedCall.of(execution, settings).orElse(null);
        if (call == null) {
            return new StopResult.Impossible("There is no such call");
        }
        return switch (call.stageAt(clock.instant())) {
            case Over over -> new StopResult.Impossible("The call is over");
            case Reached(Progress progress) when progress == Progress.ANSWERED -> hangUp(call);
            default -> {
                remembered.stop(execution, new Outcome.Cancelled());
                yield new StopResult.Stopped();
            }
        };
    }

    private StopResult hangUp(SimulatedCall call) {
        Outcome completed = new Outcome.Completed();
        remembered.stop(call.id(), completed);
        reports.accept(new ExecutionReport(call.id(), null, new Over(completed), CallFacts.NONE));
        return new StopResult.HangingUp();
    }
}
