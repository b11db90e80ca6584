package linekeeper.application.world;

import linekeeper.application.port.HoldingTimes;
import linekeeper.domain.AccountId;
import linekeeper.domain.call.AcceptedCall;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.queue.HoldingTime;
import linekeeper.domain.queue.Inflow;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Holding times of each account's latest 200 attempts that held slots, and when calls came. Thread-safe.
final class MemoryHoldingTimes implements HoldingTimes {
    private static final int CALLS = 200;

    private final Map<AccountId, Deque<Duration>> latest = new HashMap<>();
    private final Map<AccountId, MemoryInflow> inflows = new HashMap<>();
    private final Map<AccountId, HoldingTime> learned = new HashMap<>();

    @Override
    public synchronized HoldingTime of(AccountId account) {
        return learned.computeIfAbsent(
                account,
                any ->
                        HoldingTime.observed(
                                List.copyOf(latest.getOrDefault(any, new ArrayDeque<>()))));
    }

    @Override
    public synchronized Inflow inflow(AccountId account, Instant now) {
        MemoryInflow seen = inflows.get(account);
        return seen == null ? Inflow.NONE : seen.until(now);
    }

    synchronized void accepted(AcceptedCall call) {
        inflows.computeIfAbsent(call.request().key().account(), any -> new MemoryInflow())
                .count(call);
    }

    synchronized void learn(EndedCall call) {
        Instant startedAt = call.span().startedAt();
        if (startedAt == null) {
            return;
        }
        AccountId account = call.key().account();
        Deque<Duration> held = latest.computeIfAbsent(account, any -> new ArrayDeque<>());
        held.addLast(Duration.between(startedAt, call.span().endedAt()));
        if (held.size() > CALLS) {
            held.removeFirst();
        }
        learned.remove(account);
    }
}
