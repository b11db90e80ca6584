package linekeeper.application;

import linekeeper.application.port.Agents;
import linekeeper.application.port.CallObserver;
import linekeeper.application.port.CallQueue;
import linekeeper.application.port.Calls;
import linekeeper.application.port.Dialing;
import linekeeper.application.port.HoldingTimes;
import linekeeper.application.port.Intake;
import linekeeper.application.port.ParkedReports;
import linekeeper.application.port.Providers;
import linekeeper.application.port.Slots;
import linekeeper.application.port.Transcripts;
import linekeeper.application.port.Upkeep;
import linekeeper.application.port.Wake;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.RetryPolicy;

import java.time.InstantSource;

/// The use cases, put together over one set of ports: the same for the service, the tests and the
/// simulation.
public record CallEngine(
        PlaceCall placeCall,
        Dispatcher dispatcher,
        DialCall dialCall,
        UnsettledDials unsettledDials,
        RecordProviderEvent recordProviderEvent,
        RecordLine recordLine,
        CancelCall cancelCall,
        ReleaseSlot releaseSlot,
        WatchSlots watchSlots,
        Reconcile reconcile,
        Sweep sweep,
        RerouteWaiting rerouteWaiting,
        WaitForecast waitForecast,
        KeepAgents keepAgents,
        ProviderStates providerStates,
        Providers providers,
        DispatchGate gate) {

    public static CallEngine over(Store store, Surroundings around) {
        InstantSource clock = around.clock;
        DispatchGate gate = new DispatchGate();
        HangUp hangUp = new HangUp(around.providers, clock);
        Breakers breakers = new Breakers(around.providers.names(), around.wake, around.observer);
        GiveSlots giving = new GiveSlots(around.dialing, gate, breakers, around.observer, clock);
        CallDesk desk = new CallDesk(store.calls, around.wake, around.observer, hangUp, giving);
        EndCall endCall = new EndCall(around.retries);
        UnwantedDials unwanted = new UnwantedDials();
        Failover failover = new Failover(store.agents, breakers);
        WaitForecast forecast = new WaitForecast(store.queue, store.holdingTimes, breakers);
        RecordProviderEvent events =
                new RecordProviderEvent(desk, endCall, store, around.providers, clock);
        SettleDial settle =
                new SettleDial(desk, store.calls, events, failover, around.rules, clock);
        UnsettledDials unsettled = new UnsettledDials(settle);
        DialCall dial =
                new DialCall(
                        around.providers,
                        settle,
                        unsettled,
                        breakers,
                        unwanted,
                        around.observer,
                        around.rules,
                        clock);
        AcceptCall accept =
                new AcceptCall(
                        store.intake,
                        gate,
                        breakers,
                        around.wake,
                        around.dialing,
                        around.observer,
                        forecast,
                        around.defaultProvider,
                        clock);
        RerouteWaiting reroute =
                new RerouteWaiting(store.queue, store.calls, desk, failover, breakers, clock);
        return new CallEngine(
                new PlaceCall(accept, dial, around.dialing),
                new Dispatcher(store.slots, giving),
                dial,
                unsettled,
                events,
                new RecordLine(store.calls, store.transcripts),
                new CancelCall(desk, hangUp, unwanted, clock),
                new ReleaseSlot(desk, store.calls, clock),
                new WatchSlots(store.slots, around.rules),
                new Reconcile(
                        store.slots,
                        around.providers,
                        events,
                        desk,
                        endCall,
                        hangUp,
                        around.rules,
                        clock),
                new Sweep(store.queue, store.parked, store.upkeep, desk, clock),
                reroute,
                forecast,
                new KeepAgents(store.agents, reroute, around.providers),
                new ProviderStates(around.providers, store.slots, breakers),
                around.providers,
                gate);
    }

    /// The ports that keep things.
    public record Store(
            Intake intake,
            Slots slots,
            Calls calls,
            CallQueue queue,
            Agents agents,
            HoldingTimes holdingTimes,
            ParkedReports parked,
            Transcripts transcripts,
            Upkeep upkeep) {
        /// The same store, its calls seen through `other`.
        public Store withCalls(Calls other) {
            return new Store(
                    intake, slots, other, queue, agents, holdingTimes, parked, transcripts, upkeep);
        }

        /// The same store, its agents seen through `other`.
        public Store withAgents(Agents other) {
            return new Store(
                    intake, slots, calls, queue, other, holdingTimes, parked, transcripts, upkeep);
        }
    }

    /// The ports that do things, and the settings.
    ///
    /// @param retries for calls whose campaign has no rules of its own
    public record Surroundings(
            Providers providers,
            ProviderName defaultProvider,
            Dialing dialing,
            Wake wake,
            CallObserver observer,
            DialRules rules,
            RetryPolicy retries,
            InstantSource clock) {
        /// With the usual rules for trying again.
        public Surroundings(
                Providers providers,
                ProviderName defaultProvider,
                Dialing dialing,
                Wake wake,
                CallObserver observer,
                DialRules rules,
                InstantSource clock) {
            this(
                    providers,
                    defaultProvider,
                    dialing,
                    wake,
                    observer,
                    rules,
                    RetryPolicy.DEFAULT,
                    clock);
        }
    }
}
