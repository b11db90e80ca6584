package linekeeper.application.simulation.faults;

import linekeeper.application.port.DialOrder;
import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.ExecutionReport.Echo;
import linekeeper.application.port.ExecutionReport.Over;
import linekeeper.application.port.ExecutionReport.Reached;
import linekeeper.application.port.ExecutionReport.Stage;
import linekeeper.application.simulation.Chance;
import linekeeper.application.simulation.VirtualTime;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Progress;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// One provider: takes dials, lets telephones ring, tells of it.
final class Platform {
    private static final Duration RINGS = Duration.ofSeconds(1);
    private static final Duration SHORT = Duration.ofSeconds(3);
    private static final Duration LONG = Duration.ofSeconds(40);

    private final Style style;
    private final VirtualTime time;
    private final Chance chance;
    private final Trace trace;
    private final Consumer<ExecutionReport> post;
    private final Map<Echo, PhoneCall> byAttempt = new LinkedHashMap<>();
    private final Map<ExecutionId, PhoneCall> byExecution = new LinkedHashMap<>();
    private final DialRule dials = new DialRule();

    /// @param post sends a report on its way to the service
    private Platform(
            Style style, Environment world, Chance chance, Consumer<ExecutionReport> post) {
        this.style = style;
        this.time = world.time();
        this.chance = chance.of(style.name().value());
        this.trace = world.trace();
        this.post = post;
    }

    /// One that signs and does not say whose call it is, and one the other way round.
    static List<Platform> both(Environment world, Chance chance, Consumer<ExecutionReport> post) {
        return List.of(
                new Platform(new Style(Scenario.TRUSTED, false, true), world, chance, post),
                new Platform(new Style(Scenario.UNSIGNED, true, false), world, chance, post));
    }

    /// @param echoes whether its reports say whose call it is
    /// @param signs whether its reports are known to be its own; else their ends are confirmed
    record Style(ProviderName name, boolean echoes, boolean signs) {}

    Style style() {
        return style;
    }

    DialRule dials() {
        return dials;
    }

    /// Dials.
    PhoneCall accept(DialOrder order) {
        Echo echo = order.echo();
        ExecutionId execution =
                new ExecutionId(
                        style.name,
                        "x-"
                                + echo.key().account()
                                + "-"
                                + echo.key().call()
                                + "-"
                                + echo.attempt());
        PhoneCall call = new PhoneCall(execution, echo, style.echoes);
        byAttempt.put(echo, call);
        byExecution.put(execution, call);
        plan(call);
        return call;
    }

    Optional<PhoneCall> of(Echo attempt) {
        return Optional.ofNullable(byAttempt.get(attempt));
    }

    @Nullable PhoneCall of(ExecutionId execution) {
        return byExecution.get(execution);
    }

    List<PhoneCall> calls() {
        return List.copyOf(byExecution.values());
    }

    /// Somebody asked it to end the call.
    void hangUp(PhoneCall call) {
        Outcome outcome = call.answered() ? new Outcome.Completed() : new Outcome.NoAnswer();
        time.after(RINGS, () -> reach(call, new Over(outcome)));
    }

    private void plan(PhoneCall call) {
        Duration rings = chance.between(Duration.ZERO, RINGS);
        Duration talks = rings.plus(chance.between(RINGS, SHORT));
        Duration ends = talks.plus(chance.between(RINGS, chance.hit(0.2) ? LONG : SHORT));
        Outcome outcome = outcome();
        time.after(rings, () -> reach(call, new Reached(Progress.RINGING)));
        if (outcome instanceof Outcome.Completed) {
            time.after(talks, () -> reach(call, new Reached(Progress.ANSWERED)));
            time.after(ends, () -> reach(call, new Reached(Progress.DISCONNECTED)));
        }
        time.after(
                ends.plus(chance.between(Duration.ZERO, SHORT)),
                () -> reach(call, new Over(outcome)));
    }

    private void reach(PhoneCall call, Stage stage) {
        if (call.moveTo(stage)) {
            trace.note("provider", Words.of(call.echo()) + " " + stage);
            post.accept(call.report());
        }
    }

    private Outcome outcome() {
        return switch (chance.below(8)) {
            case 0 -> new Outcome.Busy();
            case 1 -> new Outcome.NoAnswer();
            case 2 -> new Outcome.Voicemail();
            case 3 -> new Outcome.Failed(new Failure(Failure.PROVIDER_FAILED, "simulated"));
            default -> new Outcome.Completed();
        };
    }

    /// What somebody else might say of one of its calls.
    ExecutionReport forged(Chance chance) {
        PhoneCall about = chance.oneOf(calls());
        ExecutionId execution =
                chance.hit(0.5)
                        ? chance.oneOf(calls()).execution()
                        : new ExecutionId(style.name, "forged-" + chance.below(10));
        Stage stage =
                chance.hit(0.6) ? new Over(new Outcome.Completed()) : new Reached(Progress.RINGING);
        Echo echo = chance.hit(0.3) ? null : about.echo();
        return new ExecutionReport(execution, echo, stage, CallFacts.NONE);
    }
}
