package linekeeper.application.simulation.faults;

import linekeeper.application.CallEngine;
import linekeeper.application.CreateLead;
import linekeeper.application.port.Agents;
import linekeeper.application.port.CallObserver;
import linekeeper.application.port.CallQueue;
import linekeeper.application.port.Calls;
import linekeeper.application.port.Dialing;
import linekeeper.application.port.Intake;
import linekeeper.application.port.Jobs;
import linekeeper.application.port.Leads;
import linekeeper.application.port.NoticeObserver;
import linekeeper.application.port.Notices;
import linekeeper.application.port.ParkedReports;
import linekeeper.application.port.Providers;
import linekeeper.application.port.ResultSender;
import linekeeper.application.port.Slots;
import linekeeper.application.port.StoreUnavailable;
import linekeeper.application.port.Transcripts;
import linekeeper.application.port.VoiceProvider;
import linekeeper.application.port.Wake;
import linekeeper.application.port.Webhooks;
import linekeeper.application.results.ResultDelivery;
import linekeeper.application.simulation.Chance;
import linekeeper.domain.AccountId;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.notice.Notice;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// One process of the service: the use cases with loops and duties, put together as bootstrap does it,
/// over ports that are steps. It lives until it crashes.
final class Node {
    private static final Duration SWEEP = Duration.ofSeconds(10);
    private static final Duration OFTEN = Duration.ofSeconds(2);

    private final String name;
    private final Environment world;
    private final Chance chance;
    private final Steps steps;
    private final CallEngine engine;
    private final ResultDelivery results;
    private final CreateLead leads;
    private final Loop dispatching;
    private final Loop telling;

    Node(String name, Environment world, Chance chance, Steps steps, List<VoiceProvider> lines) {
        this.name = name;
        this.world = world;
        this.chance = chance;
        this.steps = steps;
        Stores stores = world.stores();
        CallEngine.Store store = throughSteps(stores.engine());
        this.dispatching = new Loop(world, steps, chance, this::dispatch);
        this.telling = new Loop(world, steps, chance, this::tell);
        this.engine =
                CallEngine.over(
                        store,
                        new CallEngine.Surroundings(
                                new Providers(lines),
                                lines.getFirst().name(),
                                new Dials(),
                                new Wakes(),
                                CallObserver.NONE,
                                FaultWorld.RULES,
                                FaultWorld.RETRIES,
                                world.time()));
        this.results =
                ResultDelivery.over(
                        new ResultDelivery.Store(
                                steps.over(Notices.class, stores.notices()),
                                steps.over(Webhooks.class, stores.webhooks()),
                                store.calls(),
                                store.transcripts()),
                        new ResultDelivery.Surroundings(
                                this::send,
                                notice -> run(() -> deliver(notice)),
                                new Wakes(),
                                NoticeObserver.NONE,
                                FaultWorld.DELIVERIES,
                                chance.generator(),
                                world.time()));
        this.leads =
                new CreateLead(
                        steps.over(Jobs.class, stores.jobs()),
                        store.calls(),
                        steps.over(Leads.class, stores.leads()));
    }

    private CallEngine.Store throughSteps(CallEngine.Store store) {
        return new CallEngine.Store(
                steps.over(Intake.class, store.intake()),
                steps.over(Slots.class, store.slots()),
                steps.over(Calls.class, store.calls()),
                steps.over(CallQueue.class, store.queue()),
                steps.over(Agents.class, store.agents()),
                store.holdingTimes(),
                steps.over(ParkedReports.class, store.parked()),
                steps.over(Transcripts.class, store.transcripts()),
                store.upkeep());
    }

    String name() {
        return name;
    }

    CallEngine engine() {
        return engine;
    }

    ResultDelivery results() {
        return results;
    }

    /// It does nothing more.
    void end() {
        steps.end();
    }

    boolean dead() {
        return steps.dead();
    }

    void start() {
        run(engine.reconcile()::runAtStart);
        run(engine.sweep()::runOnce);
        dispatching.start();
        telling.start();
        every(SWEEP, engine.reconcile()::runOnce);
        every(SWEEP, engine.sweep()::runOnce);
        every(OFTEN, engine.unsettledDials()::runOnce);
        every(OFTEN, engine.rerouteWaiting()::runOnce);
        every(SWEEP, () -> leads.runOnce(world.time().instant()));
        every(SWEEP, results.giveUp()::runOnce);
    }

    private void every(Duration interval, Runnable duty) {
        Duration after = interval.plus(chance.between(Duration.ZERO, OFTEN));
        world.strands()
                .startAfter(
                        after,
                        () -> {
                            if (!dead()) {
                                goOn(duty);
                                every(interval, duty);
                            }
                        });
    }

    private void run(Runnable work) {
        world.strands().start(() -> goOn(work));
    }

    /// What an outage cuts off is taken up by a later round.
    private static void goOn(Runnable work) {
        try {
            work.run();
        } catch (StoreUnavailable e) {
            // Bootstrap logs it here.
        }
    }

    private Loop.Turn dispatch(Slots.ClaimScope scope) {
        var round = engine.dispatcher().runOnce(scope);
        if (round.nextToken() != null) {
            dispatching.wakeAt(round.nextToken());
        }
        return new Loop.Turn(round.more(), round.saturated());
    }

    private Loop.Turn tell(Slots.ClaimScope scope) {
        var round = results.deliver().runOnce(scope);
        return new Loop.Turn(round.more(), round.full());
    }

    private void deliver(Notice notice) {
        results.deliver().deliver(notice);
        telling.wake(notice.id().key().account());
    }

    private ResultSender.Sent send(
            linekeeper.domain.notice.Webhook webhook, ResultSender.Message message) {
        steps.before("POST " + Words.of(message.notice().id().key()));
        steps.pass(chance.between(Duration.ZERO, OFTEN));
        ResultSender.Sent sent = world.backends().receive(message);
        steps.pass(chance.between(Duration.ZERO, OFTEN));
        return sent;
    }

    private final class Dials implements Dialing {
        private static final int ROOM = 1_000;

        @Override
        public void submit(ReservedCall call) {
            run(() -> engine.dialCall().dial(call));
        }

        @Override
        public int room() {
            return ROOM;
        }
    }

    private final class Wakes implements Wake {
        @Override
        public void dispatch(AccountId account) {
            dispatching.wake(account);
        }

        @Override
        public void dispatchAt(Instant at) {
            dispatching.wakeAt(at);
        }

        @Override
        public void tell(AccountId account) {
            telling.wake(account);
        }
    }
}
