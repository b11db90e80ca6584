package linekeeper.bootstrap.bench;

import linekeeper.application.CallEngine;
import linekeeper.application.DialRules;
import linekeeper.application.Dispatcher.Round;
import linekeeper.application.port.CallObserver;
import linekeeper.application.port.Dialing;
import linekeeper.application.port.Providers;
import linekeeper.application.port.Slots.Accounts;
import linekeeper.application.port.Slots.EveryAccount;
import linekeeper.bootstrap.MicrosClock;
import linekeeper.domain.AccountId;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.persistence.PostgresStores;
import linekeeper.telephony.simulated.SimulatedProvider;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The use cases over the real stores without their loops: one thread takes every step itself, so that
/// each can be timed alone. Every account has one slot, and a call on it. Not thread-safe.
final class HandDriven {
    private final PostgresStores stores;
    private final InstantProvider provider = new InstantProvider();
    private final List<ReservedCall> reserved = new ArrayList<>();
    private final Requests requests = new Requests();
    private final CallEngine engine;
    private final Latency accept = new Latency();
    private final Latency claim = new Latency();
    private final Latency poll = new Latency();
    private boolean full;

    HandDriven(PostgresStores stores) {
        this.stores = stores;
        provider.keepSilentOn(account -> true);
        engine =
                CallEngine.over(
                        stores.engine(),
                        new CallEngine.Surroundings(
                                new Providers(List.of(provider)),
                                SimulatedProvider.NAME,
                                new Kept(),
                                account -> {},
                                CallObserver.NONE,
                                DialRules.DEFAULT,
                                new MicrosClock()));
        provider.provider(report -> engine.recordProviderEvent().webhook(report));
    }

    /// Of a call that has to wait.
    Latency accept() {
        return accept;
    }

    /// Of one freed slot, for its account.
    Latency claim() {
        return claim;
    }

    /// Of a look at every account, none of which has a slot free.
    Latency poll() {
        return poll;
    }

    void reset() {
        accept.reset();
        claim.reset();
        poll.reset();
    }

    /// One more call waits, the live one ends, the next one gets the slot.
    void step(AccountId account) {
        long began = System.nanoTime();
        engine.placeCall().start(requests.next(account));
        accept.record(System.nanoTime() - began);
        end((ActiveCall) stores.engine().slots().held(account, 1).getFirst());
        began = System.nanoTime();
        Round round = engine.dispatcher().runOnce(new Accounts(Set.of(account)));
        claim.record(System.nanoTime() - began);
        if (round.claimed() != 1) {
            throw new IllegalStateException(round.claimed() + " calls got one free slot");
        }
        reserved.forEach(engine.dialCall()::dial);
        reserved.clear();
    }

    /// The slot stays free, for the claim to be timed alone.
    private void end(ActiveCall call) {
        full = true;
        provider.end(call);
        full = false;
    }

    void pollOnce() {
        long began = System.nanoTime();
        Round round = engine.dispatcher().runOnce(new EveryAccount());
        poll.record(System.nanoTime() - began);
        if (round.claimed() != 0) {
            throw new IllegalStateException(round.claimed() + " calls got slots in use");
        }
    }

    /// Dialed by [#step], after the clock was stopped.
    private final class Kept implements Dialing {
        @Override
        public void submit(ReservedCall call) {
            reserved.add(call);
        }

        @Override
        public int room() {
            return full ? 0 : 1_000;
        }
    }
}
