package linekeeper.bootstrap.bench;

import linekeeper.application.port.CallObserver;
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
import linekeeper.bootstrap.Rig;
import linekeeper.domain.AccountId;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Progress;
import linekeeper.domain.call.ReservedCall;
import linekeeper.telephony.simulated.SimulatedProvider;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Takes no time: a call is answered as soon as it is bound, and over as soon as that is recorded; or
/// when it is told to end it. Thread-safe.
final class InstantProvider implements Rig, VoiceProvider {
    private volatile Consumer<ExecutionReport> reports = report -> {};
    private final List<CallObserver> watchers = new CopyOnWriteArrayList<>();
    private volatile Predicate<AccountId> silent = account -> false;

    /// Tells `watcher` of all that happens while `work` is done.
    <E extends Exception> void watchedBy(CallObserver watcher, Work<E> work) throws E {
        watchers.add(watcher);
        try {
            work.run();
        } finally {
            watchers.remove(watcher);
        }
    }

    /// From now on the calls of these accounts stay as they are once they are bound, until [#end].
    void keepSilentOn(Predicate<AccountId> accounts) {
        silent = accounts;
    }

    /// Reports that the call is over.
    void end(ActiveCall call) {
        report(call, new Over(new Outcome.Completed()));
    }

    @Override
    public VoiceProvider provider(Consumer<ExecutionReport> taker) {
        this.reports = taker;
        return this;
    }

    @Override
    public ProviderName name() {
        return SimulatedProvider.NAME;
    }

    @Override
    public DialResult dial(DialOrder order) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        return new DialResult.Accepted(new ExecutionId(name(), id), null);
    }

    @Override
    public void bound(ActiveCall call) {
        watchers.forEach(watcher -> watcher.bound(call));
        if (!silent.test(call.key().account())) {
            Thread.ofVirtual().name("bench-talk").start(() -> talk(call));
        }
    }

    private void talk(ActiveCall call) {
        report(call, new Reached(Progress.ANSWERED));
        end(call);
    }

    private void report(ActiveCall call, Stage stage) {
        Echo echo = new Echo(call.key(), call.attempt());
        reports.accept(new ExecutionReport(call.execution(), echo, stage, CallFacts.NONE));
    }

    @Override
    public void dialing(ReservedCall call, Instant now) {
        watchers.forEach(watcher -> watcher.dialing(call, now));
    }

    @Override
    public void reserved(ReservedCall call) {
        watchers.forEach(watcher -> watcher.reserved(call));
    }

    @Override
    public void slotFreed(AccountId account, Instant now) {
        watchers.forEach(watcher -> watcher.slotFreed(account, now));
    }

    @Override
    public void ended(EndedCall call) {
        watchers.forEach(watcher -> watcher.ended(call));
    }

    @Override
    public Lookup find(DialOrder order, Instant now) {
        return new Lookup.Undecided("not asked in a measurement");
    }

    @Override
    public Lookup get(ExecutionId execution) {
        return new Lookup.Undecided("not asked in a measurement");
    }

    @Override
    public StopResult stop(ExecutionId execution) {
        return new StopResult.Impossible("not asked in a measurement");
    }

    /// @param <E> what may go wrong
    interface Work<E extends Exception> {
        void run() throws E;
    }
}
