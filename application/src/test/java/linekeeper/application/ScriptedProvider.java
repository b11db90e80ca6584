package linekeeper.application;

import linekeeper.application.contract.TestCalls;
import linekeeper.application.port.DialOrder;
import linekeeper.application.port.DialResult;
import linekeeper.application.port.Lookup;
import linekeeper.application.port.StopResult;
import linekeeper.application.port.VoiceProvider;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.ProviderName;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A provider that answers as it is told and counts what it is asked. By default it accepts.
final class ScriptedProvider implements VoiceProvider {
    final Deque<DialResult> dials = new ArrayDeque<>();
    final Map<ExecutionId, Lookup> executions = new HashMap<>();
    final List<String> dialed = new ArrayList<>();
    final List<ExecutionId> stops = new ArrayList<>();
    final Set<ExecutionId> broken = new HashSet<>();
    Lookup found = new Lookup.Absent();
    StopResult stopped = new StopResult.Stopped();
    Runnable whileDialing = () -> {};
    boolean confirmEnds;
    @Nullable DialResult always;
    private final ProviderName name;

    ScriptedProvider(ProviderName name) {
        this.name = name;
    }

    @Override
    public ProviderName name() {
        return name;
    }

    @Override
    public DialResult dial(DialOrder order) {
        dialed.add(order.key().call().value());
        whileDialing.run();
        if (always != null) {
            return always;
        }
        return dials.isEmpty()
                ? new DialResult.Accepted(
                        new ExecutionId(
                                name,
                                execution(order.key().call().value(), order.attempt()).value()),
                        null)
                : dials.remove();
    }

    /// What it calls an attempt: `x-a`, `x-a-2` …
    static ExecutionId execution(String call, int attempt) {
        return TestCalls.execution("x-" + call + (attempt == 1 ? "" : "-" + attempt));
    }

    @Override
    public Lookup find(DialOrder order, Instant now) {
        return found;
    }

    @Override
    public Lookup get(ExecutionId execution) {
        if (broken.contains(execution)) {
            throw new IllegalStateException("a bug in the adapter");
        }
        return executions.getOrDefault(execution, new Lookup.Undecided("not scripted"));
    }

    @Override
    public StopResult stop(ExecutionId execution) {
        stops.add(execution);
        if (broken.contains(execution)) {
            throw new IllegalStateException("a bug in the adapter");
        }
        return stopped;
    }

    @Override
    public boolean confirmEnds() {
        return confirmEnds;
    }
}
