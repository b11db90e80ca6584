package linekeeper.http.metrics;

import linekeeper.application.port.CallFilter;
import linekeeper.application.port.CallPage;
import linekeeper.application.port.Calls;
import linekeeper.application.port.Decision;
import linekeeper.application.port.ExecutionReport.Echo;
import linekeeper.application.port.PageRequest;
import linekeeper.application.port.Succession;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.call.Call;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Calls whose look-ups are timed (C9); those that fail too.
record TimedCalls(Calls calls, Counted counted) implements Calls {
    @Override
    public Optional<Call> find(CallKey key) {
        return timed(LookupBy.CALL_ID, () -> calls.find(key));
    }

    @Override
    public Optional<CallKey> keyOf(ExecutionId execution) {
        return timed(LookupBy.EXECUTION_ID, () -> calls.keyOf(execution));
    }

    @Override
    public List<CallKey> withId(CallId id, int most) {
        return timed(LookupBy.CALL_ID, () -> calls.withId(id, most));
    }

    @Override
    public Optional<Echo> earlierAttempt(ExecutionId execution) {
        return timed(LookupBy.EXECUTION_ID, () -> calls.earlierAttempt(execution));
    }

    @Override
    public boolean amendEarlier(LateReport late) {
        return calls.amendEarlier(late);
    }

    private <T> T timed(LookupBy by, Supplier<T> lookup) {
        long began = System.nanoTime();
        try {
            return lookup.get();
        } finally {
            counted.lookedUp(by, System.nanoTime() - began);
        }
    }

    @Override
    public List<Call> findAll(List<CallKey> keys) {
        return calls.findAll(keys);
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
    public <R> R change(CallKey key, Decision<R> decision, Succession succession) {
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
