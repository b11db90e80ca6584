package linekeeper.application;

import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import linekeeper.application.PlaceCall.Tried;
import linekeeper.application.port.CallFilter;
import linekeeper.application.port.CallPage;
import linekeeper.application.port.Calls;
import linekeeper.application.port.Decision;
import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.PageRequest;
import linekeeper.application.port.StoreUnavailable;
import linekeeper.application.port.Succession;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.Outcome;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// A bind that fails does not fail the live call; it is retried until it holds (B2).
final class UnsettledDialsTest {
    private boolean down;
    private final TestEngine engine = new TestEngine(Limits.of(10, 2), this::failing);

    @Test
    void bindsOnceTheStoreIsBack() {
        engine.provider.whileDialing = () -> down = true;

        var answer = engine.engine.placeCall().initiate(aCall("a").build());

        assertThat(((Tried) answer).dialed()).isEqualTo(new Dialed.Bound(execution("x-a")));
        assertThat(engine.engine.unsettledDials().runOnce()).isEqualTo(1);
        assertThat(engine.call("a").status()).isEqualTo(CallStatus.DIALING);
        down = false;
        assertThat(engine.engine.unsettledDials().runOnce()).isZero();
        assertThat(engine.call("a")).isInstanceOf(ActiveCall.class);
        assertThat(engine.provider.dialed).containsExactly("a");
    }

    /// An outage has one reason, however many calls meet it.
    @Test
    void warnsOfTheFirstOnly() {
        List<LogRecord> told = new ArrayList<>();
        Logger logger = Logger.getLogger(DialCall.class.getName());
        Filter before = logger.getFilter();
        logger.setFilter(one -> !told.add(one));
        try {
            engine.provider.whileDialing = () -> down = true;
            engine.dialed(aCall("a"));
            engine.dialed(aCall("b"));
        } finally {
            logger.setFilter(before);
        }

        assertThat(engine.engine.unsettledDials().runOnce()).isEqualTo(2);
        assertThat(told)
                .filteredOn(one -> one.getLevel().equals(Level.WARNING))
                .singleElement()
                .extracting(LogRecord::getThrown)
                .isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void leavesItToAWebhookThatWasFaster() {
        engine.provider.whileDialing = () -> down = true;
        engine.dialed(aCall("a"));
        down = false;

        engine.webhook(TestEngine.report("a", new Outcome.Busy()));
        engine.engine.unsettledDials().runOnce();

        assertThat(engine.call("a").status()).isEqualTo(CallStatus.BUSY);
        assertThat(engine.timeline("a")).containsExactly("accepted", "reserved", "bound", "ended");
    }

    @Test
    void makesTheProviderRepeatAWebhookThatCannotBeStored() {
        engine.dialed(aCall("a"));
        down = true;

        assertThatThrownBy(() -> engine.webhook(TestEngine.report("a", new Outcome.Busy())))
                .isInstanceOf(StoreUnavailable.class);
    }

    private CallEngine.Store failing(CallEngine.Store store) {
        return new CallEngine.Store(
                store.intake(),
                store.slots(),
                new FailingCalls(store.calls()),
                store.queue(),
                store.agents(),
                store.holdingTimes(),
                store.parked(),
                store.transcripts(),
                store.upkeep());
    }

    private final class FailingCalls implements Calls {
        private final Calls calls;

        FailingCalls(Calls calls) {
            this.calls = calls;
        }

        @Override
        public List<CallKey> withId(CallId id, int most) {
            return calls.withId(id, most);
        }

        @Override
        public Optional<Call> find(CallKey key) {
            return calls.find(key);
        }

        @Override
        public boolean isHidden(CallKey key) {
            return calls.isHidden(key);
        }

        @Override
        public Hiding hide(CallKey key, Instant now) {
            return calls.hide(key, now);
        }

        @Override
        public Optional<CallKey> keyOf(ExecutionId execution) {
            return calls.keyOf(execution);
        }

        @Override
        public Optional<ExecutionReport.Echo> earlierAttempt(ExecutionId execution) {
            return calls.earlierAttempt(execution);
        }

        @Override
        public boolean amendEarlier(LateReport late) {
            return calls.amendEarlier(late);
        }

        @Override
        public <R> R change(CallKey key, Decision<R> decision, Succession succession) {
            if (down) {
                throw new StoreUnavailable("down");
            }
            return calls.change(key, decision, succession);
        }

        @Override
        public CallPage list(AccountId account, CallFilter filter, PageRequest page) {
            return calls.list(account, filter, page);
        }

        @Override
        public List<Recorded> timeline(CallKey key, long after, int most) {
            return calls.timeline(key, after, most);
        }
    }
}
