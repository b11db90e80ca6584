package linekeeper.bootstrap;

import linekeeper.application.CallEngine;
import linekeeper.application.DialRules;
import linekeeper.application.Dispatcher;
import linekeeper.application.port.CallObserver;
import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.Providers;
import linekeeper.application.port.Slots.ClaimScope;
import linekeeper.application.port.StoreUnavailable;
import linekeeper.application.port.Wake;
import linekeeper.bootstrap.settings.Settings;
import linekeeper.domain.AccountId;
import linekeeper.telephony.bolna.BolnaProvider;
import linekeeper.telephony.elevenlabs.CarrierHangUp;
import linekeeper.telephony.elevenlabs.ElevenLabsProvider;
import linekeeper.telephony.exchange.Exchanger;
import linekeeper.telephony.simulated.SimulatedProvider;
import linekeeper.telephony.twilio.TwilioCalls;
import linekeeper.telephony.twilio.TwilioProvider;

import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/// The use cases with their providers and threads, over given stores. Thread-safe.
public final class Engine {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration UNSETTLED = Duration.ofSeconds(1);
    private static final Duration REROUTE = Duration.ofSeconds(1);

    private final CallEngine calls;
    private final DialThreads dials;
    private final WokenLoop dispatching;
    private final Duties duties = new Duties();
    private final SimulatedTime simulatedTime = new SimulatedTime();
    private final Exchanger exchanger;
    private final DialRules rules;
    private final Duration sweepInterval;

    /// Tells nobody's backend anything.
    public Engine(CallEngine.Store store, Settings settings, CallObserver observer) {
        this(store, settings, observer, account -> {});
    }

    /// @param tell wakes whoever tells an account's backend
    Engine(
            CallEngine.Store store,
            Settings settings,
            CallObserver observer,
            Consumer<AccountId> tell) {
        this(store, settings, observer, tell, null);
    }

    /// @param rig dials in the place of the simulated provider; null: that one does
    Engine(
            CallEngine.Store store,
            Settings settings,
            CallObserver observer,
            Consumer<AccountId> tell,
            @Nullable Rig rig) {
        this.rules = settings.dial();
        this.sweepInterval = settings.sweepInterval();
        this.exchanger = new Exchanger(rules.timeout());
        this.dials = new DialThreads(call -> calls().dialCall().dial(call));
        InstantSource clock = new MicrosClock();
        this.dispatching = new WokenLoop("dispatcher", this::dispatch, Engine::jitteredPoll, clock);
        this.calls =
                CallEngine.over(
                        store,
                        new CallEngine.Surroundings(
                                new Providers(
                                        List.of(
                                                rig == null
                                                        ? simulated(settings, clock)
                                                        : rig.provider(this::deliver),
                                                new BolnaProvider(settings.bolna(), exchanger),
                                                new ElevenLabsProvider(
                                                        settings.elevenLabs(),
                                                        exchanger,
                                                        hangUp(settings)),
                                                twilio(store, settings, clock))),
                                settings.provider(),
                                dials,
                                wake(tell),
                                observer,
                                rules,
                                settings.retries(),
                                clock));
    }

    /// The use cases.
    public CallEngine calls() {
        return calls;
    }

    public Duties duties() {
        return duties;
    }

    public void start() {
        dispatching.start();
        duties.now("reconciler at start", calls.reconcile()::runAtStart);
        duties.now("sweep at start", calls.sweep()::runOnce);
        duties.every(sweepInterval, "reconciler", calls.reconcile()::runOnce);
        duties.every(sweepInterval, "sweep", calls.sweep()::runOnce);
        duties.every(UNSETTLED, "unsettled dials", calls.unsettledDials()::runOnce);
        duties.every(REROUTE, "fail-over", calls.rerouteWaiting()::runOnce);
    }

    /// Gives out no more slots.
    public void quiesce() {
        calls.gate().close();
    }

    /// Lets the dials under way bind, then ends every thread.
    public void stop() throws InterruptedException {
        quiesce();
        dispatching.stop();
        dials.awaitIdle(rules.timeout().plusSeconds(5));
        simulatedTime.stop();
        duties.stop();
        exchanger.close();
    }

    private WokenLoop.Turn dispatch(ClaimScope scope) {
        Dispatcher.Round round = calls().dispatcher().runOnce(scope);
        return new WokenLoop.Turn(round.more(), round.saturated(), round.nextToken());
    }

    private Wake wake(Consumer<AccountId> tell) {
        return new Wake() {
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
                tell.accept(account);
            }
        };
    }

    private SimulatedProvider simulated(Settings settings, InstantSource clock) {
        return new SimulatedProvider(
                settings.simulated(), simulatedTime, clock, new SecureRandom(), this::deliver);
    }

    private TwilioProvider twilio(CallEngine.Store store, Settings settings, InstantSource clock) {
        OurTwilioCalls ours = new OurTwilioCalls(store.slots(), store.calls());
        return new TwilioProvider(settings.twilio(), exchanger, ours, clock);
    }

    /// ElevenLabs' calls can be hung up if their carrier is the Twilio account that is configured here.
    private @Nullable CarrierHangUp hangUp(Settings settings) {
        return settings.twilio().account() == null
                ? null
                : new TwilioCalls(settings.twilio(), exchanger)::hangUp;
    }

    private void deliver(ExecutionReport report) {
        deliver(report, 0);
    }

    /// Like a provider's webhook: repeated when it could not be stored.
    private void deliver(ExecutionReport report, int tries) {
        try {
            calls.recordProviderEvent().webhook(report);
        } catch (StoreUnavailable e) {
            if (tries < 20) {
                simulatedTime.after(Duration.ofSeconds(1), () -> deliver(report, tries + 1));
            }
        }
    }

    private static Duration jitteredPoll() {
        return POLL.plusMillis(ThreadLocalRandom.current().nextLong(POLL.toMillis()));
    }
}
