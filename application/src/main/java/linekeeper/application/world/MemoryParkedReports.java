package linekeeper.application.world;

import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.ParkedReports;
import linekeeper.domain.ExecutionId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Parked reports in memory. Thread-safe.
final class MemoryParkedReports implements ParkedReports {
    private static final int MOST_PER_EXECUTION = 100;

    private final Map<ExecutionId, List<Parked>> parked = new HashMap<>();

    @Override
    public synchronized void park(ExecutionReport report, Instant now) {
        List<Parked> there = parked.computeIfAbsent(report.execution(), any -> new ArrayList<>());
        boolean known = there.stream().anyMatch(one -> one.report.equals(report));
        if (!known && there.size() < MOST_PER_EXECUTION) {
            there.add(new Parked(report, now));
        }
    }

    @Override
    public synchronized List<ExecutionReport> of(ExecutionId execution) {
        return parked.getOrDefault(execution, List.of()).stream().map(Parked::report).toList();
    }

    @Override
    public synchronized void remove(ExecutionId execution) {
        parked.remove(execution);
    }

    @Override
    public synchronized int removeBefore(Instant cutoff) {
        int before = count();
        parked.values().forEach(reports -> reports.removeIf(one -> one.at.isBefore(cutoff)));
        parked.values().removeIf(List::isEmpty);
        return before - count();
    }

    private int count() {
        return parked.values().stream().mapToInt(List::size).sum();
    }

    private record Parked(ExecutionReport report, Instant at) {}
}
