package linekeeper.application.planning;

import linekeeper.application.AcceptCall.Accepted;
import linekeeper.application.AcceptCall.Waits;
import linekeeper.application.CallEngine;
import linekeeper.application.WaitForecast.Forecast;
import linekeeper.application.port.CallObserver;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallKey;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.queue.WaitEstimate;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/// What calls were told when they were accepted, and how many kept to it. Whoever waits while a limit
/// changes asks again, and that answer counts. Not thread-safe.
final class Told implements Watch {
    private final Map<CallKey, Estimated> waiting = new HashMap<>();
    private final Map<AccountId, Integer> ended = new HashMap<>();
    private final Instant warm;
    private final int warmCalls;
    private final Predicate<QueuedCall> counted;
    private int calls;
    private int byP50;
    private int byP90;

    /// @param warm calls accepted before do not count
    /// @param warmCalls nor do those of accounts of which fewer calls are over
    Told(Instant warm, int warmCalls, Predicate<QueuedCall> counted) {
        this.warm = warm;
        this.warmCalls = warmCalls;
        this.counted = counted;
    }

    Calibration.Kept kept() {
        return new Calibration.Kept(calls, byP50, byP90);
    }

    @Override
    public void accepted(Accepted answer, Instant now, CallEngine engine) {
        if (answer instanceof Waits(var forecast) && counts(forecast.call(), now)) {
            tell(forecast, now);
        }
    }

    private boolean counts(QueuedCall call, Instant now) {
        return !now.isBefore(warm)
                && ended.getOrDefault(call.key().account(), 0) >= warmCalls
                && counted.test(call);
    }

    private void tell(Forecast forecast, Instant now) {
        waiting.put(
                forecast.call().key(), new Estimated(forecast.call(), now, forecast.estimate()));
    }

    @Override
    public void limitChanged(Instant now, CallEngine engine) {
        for (Estimated told : Map.copyOf(waiting).values()) {
            engine.waitForecast().of(told.call, now).ifPresent(again -> tell(again, now));
        }
    }

    private void starts(ReservedCall call) {
        Estimated told = waiting.remove(call.key());
        if (told != null) {
            Duration waited = Duration.between(told.at, call.slot().reservedAt());
            calls++;
            byP50 += waited.compareTo(told.estimate.p50()) <= 0 ? 1 : 0;
            byP90 += waited.compareTo(told.estimate.p90()) <= 0 ? 1 : 0;
        }
    }

    @Override
    public CallObserver over(CallObserver figures) {
        return new CallObserver() {
            @Override
            public void reserved(ReservedCall call) {
                figures.reserved(call);
                starts(call);
            }

            @Override
            public void slotFreed(AccountId account, Instant now) {
                figures.slotFreed(account, now);
            }

            @Override
            public void ended(EndedCall call) {
                figures.ended(call);
                ended.merge(call.key().account(), 1, Integer::sum);
            }
        };
    }

    private record Estimated(QueuedCall call, Instant at, WaitEstimate estimate) {}
}
