package linekeeper.persistence;

import linekeeper.application.AcceptCall.Accepted;
import linekeeper.application.CallEngine;
import linekeeper.application.DialRules;
import linekeeper.application.contract.TestCalls;
import linekeeper.application.port.CallObserver;
import linekeeper.application.port.DialOrder;
import linekeeper.application.port.DialResult;
import linekeeper.application.port.Dialing;
import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.ExecutionReport.Echo;
import linekeeper.application.port.ExecutionReport.Over;
import linekeeper.application.port.Lookup;
import linekeeper.application.port.Providers;
import linekeeper.application.port.Slots.Accounts;
import linekeeper.application.port.Slots.ClaimScope;
import linekeeper.application.port.Slots.EveryAccount;
import linekeeper.application.port.StopResult;
import linekeeper.application.port.VoiceProvider;
import linekeeper.application.port.Wake;
import linekeeper.domain.AccountId;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.ReservedCall;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The use cases with the dispatcher's loop, as bootstrap runs it; every call is over as soon as it is bound.
/// Thread-safe.
final class RunningNode implements Wake, Dialing, CallObserver, VoiceProvider, AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final LinkedBlockingQueue<AccountId> woken = new LinkedBlockingQueue<>();
    private final Duration poll;
    private final Consumer<ActiveCall> meanwhile;
    private final Semaphore ends;
    private final CallEngine engine;
    private volatile boolean closed;

    /// @param meanwhile done with each call while it ends
    /// @param ends gets a permit for each call that has ended
    RunningNode(
            CallEngine.Store store, Duration poll, Consumer<ActiveCall> meanwhile, Semaphore ends) {
        this.poll = poll;
        this.meanwhile = meanwhile;
        this.ends = ends;
        this.engine =
                CallEngine.over(
                        store,
                        new CallEngine.Surroundings(
                                new Providers(List.of(this)),
                                TestCalls.PROVIDER,
                                this,
                                this,
                                this,
                                DialRules.DEFAULT,
                                () -> TestCalls.NOW));
        threads.execute(this::loop);
    }

    Accepted place(TestCalls call) {
        return engine.placeCall().start(call.build());
    }

    private void loop() {
        boolean anybody = false;
        boolean more = false;
        while (!closed) {
            ClaimScope scope = scope(anybody, more);
            var round = engine.dispatcher().runOnce(scope);
            anybody = round.saturated();
            more = round.more();
        }
    }

    private ClaimScope scope(boolean anybody, boolean more) {
        try {
            AccountId first = more ? null : woken.poll(poll.toMillis(), TimeUnit.MILLISECONDS);
            Set<AccountId> accounts = new HashSet<>();
            woken.drainTo(accounts);
            if (first == null || anybody) {
                return new EveryAccount();
            }
            accounts.add(first);
            return new Accounts(accounts);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void dispatch(AccountId account) {
        woken.add(account);
    }

    @Override
    public void submit(ReservedCall call) {
        threads.execute(() -> engine.dialCall().dial(call));
    }

    @Override
    public int room() {
        return 1_000;
    }

    @Override
    public void bound(ActiveCall call) {
        Echo echo = new Echo(call.key(), call.attempt());
        Over over = new Over(new Outcome.Completed());
        ExecutionReport end = new ExecutionReport(call.execution(), echo, over, CallFacts.NONE);
        threads.execute(() -> engine.recordProviderEvent().webhook(end));
        threads.execute(() -> meanwhile.accept(call));
    }

    @Override
    public void ended(EndedCall call) {
        ends.release();
    }

    @Override
    public ProviderName name() {
        return TestCalls.PROVIDER;
    }

    @Override
    public DialResult dial(DialOrder order) {
        String id = order.key().account() + "/" + order.key().call();
        return new DialResult.Accepted(new ExecutionId(name(), id), null);
    }

    @Override
    public Lookup find(DialOrder order, Instant now) {
        return new Lookup.Absent();
    }

    @Override
    public Lookup get(ExecutionId execution) {
        return new Lookup.Absent();
    }

    @Override
    public StopResult stop(ExecutionId execution) {
        return new StopResult.Impossible("over");
    }

    @Override
    public void close() {
        closed = true;
        woken.add(AccountId.DEFAULT);
        threads.close();
    }
}
