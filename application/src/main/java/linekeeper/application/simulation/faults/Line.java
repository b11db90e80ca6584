package linekeeper.application.simulation.faults;

import linekeeper.application.port.DialOrder;
import linekeeper.application.port.DialResult;
import linekeeper.application.port.ExecutionReport.Echo;
import linekeeper.application.port.Lookup;
import linekeeper.application.port.StopResult;
import linekeeper.application.port.VoiceProvider;
import linekeeper.application.simulation.Chance;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.Failure;

import java.time.Duration;
import java.time.Instant;

/// One node's connection to a provider: everything on the way may get lost.
final class Line implements VoiceProvider {
    private final Platform platform;
    private final Steps steps;
    private final Environment world;
    private final Chance chance;

    Line(Platform platform, Steps steps, Environment world, Chance chance) {
        this.platform = platform;
        this.steps = steps;
        this.world = world;
        this.chance = chance;
    }

    @Override
    public ProviderName name() {
        return platform.style().name();
    }

    @Override
    public boolean confirmEnds() {
        return !platform.style().signs();
    }

    @Override
    public DialResult dial(DialOrder order) {
        steps.before("dial " + Words.of(order));
        Faults faults = world.faults();
        if (faults.strikes(Fault.UNREACHED)) {
            return told("dial", order, new DialResult.NotSent("simulated"));
        }
        platform.dials().asked(order);
        if (faults.strikes(Fault.REQUEST_LOST)) {
            steps.pass(FaultWorld.RULES.timeout());
            return told("dial", order, new DialResult.Unknown("request lost"));
        }
        boolean forNow = faults.strikes(Fault.BUSY_PROVIDER);
        if (forNow || faults.strikes(Fault.REFUSED)) {
            platform.dials().notDialed(order);
            Failure why = new Failure(Failure.PROVIDER_REFUSED, "simulated");
            return told("dial", order, new DialResult.Refused(why, forNow));
        }
        return answer(order, platform.accept(order));
    }

    private DialResult answer(DialOrder order, PhoneCall call) {
        world.trace().step("provider", "takes", new Object[] {order}, call.execution());
        boolean late = world.faults().strikes(Fault.ANSWER_LATE);
        Duration longest = late ? FaultWorld.RULES.timeout() : Duration.ofMillis(300);
        steps.pass(chance.between(Duration.ZERO, longest));
        if (world.faults().strikes(Fault.ANSWER_LOST)) {
            steps.pass(chance.between(Duration.ZERO, FaultWorld.RULES.timeout()));
            return told("dial", order, new DialResult.Unknown("answer lost"));
        }
        return told("dial", order, new DialResult.Accepted(call.execution(), call.conversation()));
    }

    @Override
    public Lookup find(DialOrder order, Instant now) {
        steps.before("find");
        Lookup answer =
                world.faults().strikes(Fault.LOOKUP_FAILS)
                        ? new Lookup.Undecided("simulated")
                        : find(order.echo());
        return told("find", order, answer);
    }

    private Lookup find(Echo attempt) {
        return platform.of(attempt)
                .<Lookup>map(call -> new Lookup.Found(call.report()))
                .orElseGet(Lookup.Absent::new);
    }

    @Override
    public Lookup get(ExecutionId execution) {
        steps.before("get");
        PhoneCall call = platform.of(execution);
        Lookup answer =
                world.faults().strikes(Fault.LOOKUP_FAILS)
                        ? new Lookup.Undecided("simulated")
                        : call == null ? new Lookup.Absent() : new Lookup.Found(call.report());
        return told("get", execution, answer);
    }

    @Override
    public StopResult stop(ExecutionId execution) {
        steps.before("stop");
        PhoneCall call = platform.of(execution);
        boolean lost = world.faults().strikes(Fault.LOOKUP_FAILS);
        boolean reached = !lost || chance.hit(0.5);
        if (call == null || call.over()) {
            return told("stop", execution, new StopResult.Impossible("it is over"));
        }
        if (reached) {
            platform.hangUp(call);
        }
        return told(
                "stop",
                execution,
                lost ? new StopResult.Unknown("simulated") : new StopResult.HangingUp());
    }

    /// The answer has come.
    private <T> T told(String asked, Object about, T answer) {
        steps.pass(chance.hit(0.5) ? Duration.ZERO : Duration.ofMillis(chance.below(300)));
        world.trace().step("provider", asked, new Object[] {about}, answer);
        return answer;
    }
}
