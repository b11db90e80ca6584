package linekeeper.application.simulation.faults;

import linekeeper.application.DialRules;
import linekeeper.application.simulation.Chance;
import linekeeper.application.simulation.Strands;
import linekeeper.application.simulation.VirtualTime;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.RetryPolicy;
import linekeeper.domain.notice.DeliverySchedule;
import linekeeper.domain.queue.Backoff;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/// One run: everything that a seed sets up and lets happen, until all is over.
final class FaultWorld {
    static final DialRules RULES =
            new DialRules(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(100),
                    Duration.ofMinutes(1),
                    new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(20)));
    static final RetryPolicy RETRIES =
            new RetryPolicy(
                    Map.of(
                            CallStatus.BUSY,
                            RetryPolicy.doubling(Duration.ofSeconds(5)),
                            CallStatus.NO_ANSWER,
                            RetryPolicy.doubling(Duration.ofSeconds(15)),
                            CallStatus.FAILED,
                            RetryPolicy.doubling(Duration.ofSeconds(3))));

    /// More tries than the faults last for: nothing is given up.
    static final DeliverySchedule DELIVERIES =
            new DeliverySchedule(Collections.nCopies(60, Duration.ofSeconds(8)));

    private static final Instant START = Instant.parse("2026-03-29T00:55:00.000123Z");
    private static final Duration ARRIVALS = Duration.ofMinutes(1);
    private static final Duration FAULTS = Duration.ofMinutes(3);
    private static final Duration CHECK = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofHours(1);

    private static final Duration LONG_AFTER = Duration.ofDays(2);
    private static final Duration TIDYING = Duration.ofMinutes(1);

    private final Scenario scenario;
    private final Chance chance;
    private final VirtualTime time = new VirtualTime(START);
    private final Environment world;
    private final Nodes nodes;
    private final Traffic traffic;
    private final Callers callers;
    private final Operators operators;
    private final Setting setting;
    private final Liveness liveness;
    private final List<Platform> platforms;
    private boolean over;

    FaultWorld(Scenario scenario, Flaw flaw, Executor threads, boolean traced) {
        this.scenario = scenario;
        this.chance = Chance.of(scenario.seed());
        Faults faults = new Faults(chance.of("faults"), scenario.allowed());
        Trace trace = new Trace(time, traced);
        Stores stores = Stores.in(scenario.limits(), flaw, faults);
        Backends backends = new Backends(faults, trace);
        NoticeRules notices = new NoticeRules(stores, backends);
        SlotRules slots = new SlotRules(stores, scenario.limits(), scenario.accounts(), time);
        Truth truth = new Truth();
        this.world =
                new Environment(
                        time,
                        new Strands(time, threads),
                        faults,
                        new Outages(time, faults, trace, chance.of("outages")),
                        trace,
                        stores,
                        new Ledger(stores, slots, notices, truth),
                        backends);
        this.nodes = new Nodes(world, chance.of("nodes"), flaw);
        this.traffic = new Traffic(world, chance.of("traffic"), nodes);
        this.platforms = Platform.both(world, chance, traffic::post);
        platforms.forEach(truth::knows);
        nodes.reach(platforms);
        this.callers = new Callers(world, nodes);
        this.operators = new Operators(world, scenario, chance.of("operators"), callers);
        this.setting = new Setting(scenario, stores, START);
        this.liveness = new Liveness(world, callers, notices, slots);
    }

    /// @throws Broken an invariant does not hold
    void run() {
        try {
            begin();
            while (!over && world.strands().failure() == null && time.next()) {}
            throwFailure();
            end();
            throwFailure();
        } finally {
            world.strands().abandon();
        }
    }

    Environment environment() {
        return world;
    }

    int crashes() {
        return nodes.crashes();
    }

    private void begin() {
        setting.make();
        for (int i = 1; i <= scenario.nodes(); i++) {
            nodes.start("node-" + i);
        }
        for (int i = 0; i < scenario.calls(); i++) {
            Chance own = chance.of("call-" + i);
            callers.call(
                    Requests.any(scenario, i, START, own),
                    own.between(Duration.ZERO, ARRIVALS),
                    own);
        }
        world.outages().begin();
        new Forger(world, chance.of("forger"), platforms, traffic).begin();
        operators.begin();
        time.after(FAULTS, this::heal);
    }

    private void heal() {
        world.trace().note("world", Trace.TO_ALL + "the faults end");
        world.faults().end();
        operators.end();
        lookAgain(time.instant().plus(PATIENCE));
    }

    private void lookAgain(Instant deadline) {
        setting.takeResults();
        over = liveness.allIsOver();
        if (over) {
            return;
        }
        if (time.instant().isAfter(deadline)) {
            throw liveness.stuck();
        }
        time.after(CHECK, () -> lookAgain(deadline));
    }

    /// Two days later another node comes and tidies up.
    private void end() {
        liveness.checkEnd();
        nodes.stop();
        time.runUntil(time.instant().plus(LONG_AFTER));
        nodes.start("last");
        time.runUntil(time.instant().plus(TIDYING));
        liveness.checkTidy(platforms);
    }

    private void throwFailure() {
        Throwable failure = world.strands().failure();
        if (failure instanceof Broken broken) {
            throw broken;
        }
        if (failure != null) {
            Broken bug = new Broken(Invariant.NO_BUG, null, failure.toString());
            bug.initCause(failure);
            throw bug;
        }
    }
}
