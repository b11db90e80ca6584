package linekeeper.application;

import linekeeper.application.contract.TestCalls;
import linekeeper.application.port.CallObserver;
import linekeeper.application.port.Calls;
import linekeeper.application.port.Dialing;
import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.ExecutionReport.Echo;
import linekeeper.application.port.ExecutionReport.Over;
import linekeeper.application.port.ExecutionReport.Reached;
import linekeeper.application.port.ExecutionReport.Stage;
import linekeeper.application.port.Providers;
import linekeeper.application.port.Slots.EveryAccount;
import linekeeper.application.world.MemoryStores;
import linekeeper.domain.AccountId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Progress;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.RetryPolicy;
import linekeeper.domain.call.TimelineEvent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;

/// The real use cases over the in-memory stores, a scripted provider and a clock moved by hand. Calls
/// that are handed over for dialing wait until the test has them dialed.
final class TestEngine {
    static final DialRules RULES = DialRules.DEFAULT;

    final MemoryStores stores;
    final ScriptedProvider provider = new ScriptedProvider(TestCalls.PROVIDER);
    final ScriptedProvider spare = new ScriptedProvider(new ProviderName("spare"));
    final Deque<ReservedCall> handedOver = new ArrayDeque<>();

    /// Accounts that the dispatcher was woken for.
    final List<AccountId> woken = new ArrayList<>();

    final CallEngine engine;
    Instant now = TestCalls.NOW;

    TestEngine() {
        this(Limits.of(10, 2), store -> store);
    }

    TestEngine(Limits limits, UnaryOperator<CallEngine.Store> wrapped) {
        stores = new MemoryStores(limits);
        engine = over(wrapped.apply(stores.engine()));
    }

    /// As after a stop: what is stored is still there, the clock has gone on.
    CallEngine restarted() {
        return over(stores.engine());
    }

    private CallEngine over(CallEngine.Store store) {
        return CallEngine.over(
                store,
                new CallEngine.Surroundings(
                        new Providers(List.of(provider, spare)),
                        TestCalls.PROVIDER,
                        new Queueing(),
                        woken::add,
                        CallObserver.NONE,
                        RULES,
                        RetryPolicy.DEFAULT,
                        () -> now));
    }

    AcceptCall.Accepted start(TestCalls call) {
        return engine.placeCall().start(call.build());
    }

    /// Accepts and dials.
    void dialed(TestCalls call) {
        start(call);
        dialAll();
    }

    void dialAll() {
        while (!handedOver.isEmpty()) {
            engine.dialCall().dial(handedOver.remove());
        }
    }

    void dispatch() {
        engine.dispatcher().runOnce(new EveryAccount());
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /// Moves the clock and dials what is due then.
    void passAndDial(Duration time) {
        pass(time);
        dispatch();
        dialAll();
    }

    Call call(String id) {
        return stores.engine().calls().find(TestCalls.key(id)).orElseThrow();
    }

    List<String> timeline(String id) {
        return stores.engine().calls().timeline(TestCalls.key(id), 0, 100).stream()
                .map(Calls.Recorded::event)
                .map(event -> event.name())
                .toList();
    }

    TimelineEvent lastEvent(String id) {
        return stores.engine().calls().timeline(TestCalls.key(id), 0, 100).getLast().event();
    }

    RecordProviderEvent.Recorded webhook(ExecutionReport report) {
        return engine.recordProviderEvent().webhook(report);
    }

    static ExecutionReport report(String id, Progress progress) {
        return report(id, new Reached(progress), true);
    }

    static ExecutionReport report(String id, Outcome outcome) {
        return report(id, new Over(outcome), true);
    }

    static ExecutionReport report(String id, int attempt, Outcome outcome) {
        return new ExecutionReport(
                ScriptedProvider.execution(id, attempt),
                new Echo(TestCalls.key(id), attempt),
                new Over(outcome),
                CallFacts.NONE);
    }

    static ExecutionReport report(String id, Stage stage, boolean echoed) {
        Echo echo = echoed ? new Echo(TestCalls.key(id), 1) : null;
        return new ExecutionReport(TestCalls.execution("x-" + id), echo, stage, CallFacts.NONE);
    }

    private final class Queueing implements Dialing {
        @Override
        public void submit(ReservedCall call) {
            handedOver.add(call);
        }

        @Override
        public int room() {
            return 100;
        }
    }
}
