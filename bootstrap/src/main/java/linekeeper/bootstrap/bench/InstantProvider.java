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
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Takes no time: a call is answered as soon as it is bound, and over as soon as that is recorded; or,
/// if it is told to be silent, never. Thread-safe.
final class InstantProvider implements Rig, VoiceProvider {
    private final AtomicLong placed = new AtomicLong();
    private volatile Consumer<ExecutionReport> reports = report -> {};
    private volatile CallObserver watcher = CallObserver.NONE;
    private volatile boolean silent;

    /// From now on, `other` is told of all that happens.
    void watchedBy(CallObserver other) {
        watcher = other;
    }

    /// From now on calls stay as they are once they are bound.
    void beSilent(boolean wanted) {
        silent = wanted;
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
        return new DialResult.Accepted(
                new ExecutionId(name(), "bench-" + placed.incrementAndGet()), null);
    }

    @Override
    public void bound(ActiveCall call) {
        watcher.bound(call);
        if (!silent) {
            Thread.ofVirtual().name("bench-talk").start(() -> talk(call));
        }
    }

    private void talk(ActiveCall call) {
        report(call, new Reached(Progress.ANSWERED));
        report(call, new Over(new Outcome.Completed()));
    }

    private void report(ActiveCall call, Stage stage) {
        Echo echo = new Echo(call.key(), call.attempt());
        reports.accept(new ExecutionReport(call.execution(), echo, stage, CallFacts.NONE));
    }

    @Override
    public void dialing(ReservedCall call, Instant now) {
        watcher.dialing(call, now);
    }

    @Override
    public void slotFreed(AccountId account, Instant now) {
        watcher.slotFreed(account, now);
    }

    @Override
    public void ended(EndedCall call) {
        watcher.ended(call);
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
}
