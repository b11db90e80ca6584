package linekeeper.application.planning;

import linekeeper.application.port.CallObserver;
import linekeeper.domain.AccountId;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.CallType;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.ReservedCall;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/// Keeps the figures of a simulation as calls go by. Not thread-safe.
final class Tally implements CallObserver {
    private final InstantSource time;
    private final Instant warm;
    private final Function<ReservedCall, Instant> readyAt;
    final Map<CallType, Waits> waits = new EnumMap<>(CallType.class);
    final Map<CallStatus, Integer> outcomes = new EnumMap<>(CallStatus.class);
    final Map<AccountId, Curve> accounts = new LinkedHashMap<>();
    final Curve live;
    final Curve waiting;
    long attempts;
    long accepted;
    long passedOver;
    Instant lastEnd;

    /// @param warm what was ready before is left out of the waits
    /// @param readyAt since when nothing but a slot was missing
    Tally(
            Instant start,
            Instant warm,
            Function<ReservedCall, Instant> readyAt,
            InstantSource time) {
        this.time = time;
        this.readyAt = readyAt;
        this.warm = warm;
        this.lastEnd = start;
        this.live = new Curve(start);
        this.waiting = new Curve(start);
        for (CallType type : CallType.values()) {
            waits.put(type, new Waits());
        }
    }

    void account(AccountId id, Instant start) {
        accounts.put(id, new Curve(start));
    }

    @Override
    public void reserved(ReservedCall call) {
        attempts++;
        live.add(1, call.slot().reservedAt());
        ofAccount(call.key().account()).add(1, call.slot().reservedAt());
        Instant ready = readyAt.apply(call);
        if (!ready.isBefore(warm)) {
            waitsOf(call.accepted().request().type())
                    .add(Duration.between(ready, call.slot().reservedAt()));
        }
    }

    @Override
    public void slotFreed(AccountId account, Instant now) {
        live.add(-1, now);
        ofAccount(account).add(-1, now);
    }

    @Override
    public void passedOver(int calls) {
        passedOver += calls;
    }

    @Override
    public void ended(EndedCall call) {
        outcomes.merge(call.status(), 1, Integer::sum);
        lastEnd = call.span().endedAt();
    }

    /// So many wait now.
    void waiting(int calls) {
        if (calls != waiting.value()) {
            waiting.add(calls - waiting.value(), time.instant());
        }
    }

    /// It is over.
    void close() {
        Instant now = time.instant();
        live.upTo(now);
        waiting.upTo(now);
        accounts.values().forEach(curve -> curve.upTo(now));
    }

    private Waits waitsOf(CallType type) {
        return Objects.requireNonNull(waits.get(type));
    }

    private Curve ofAccount(AccountId account) {
        return Objects.requireNonNull(accounts.get(account));
    }
}
