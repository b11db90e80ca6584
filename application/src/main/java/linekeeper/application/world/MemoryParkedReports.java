package linekeeper.application.world;

import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.ParkedReports;
import linekeeper.domain.ExecutionId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Parked reports in memory. Thread-safe.
final class MemoryParkedReports implements ParkedReports {
    private static final int MOST_PER_EXECUTION = 100;

    private final List<Parked> parked = new ArrayList<>();

    @Override
    public synchronized void park(ExecutionReport report, Instant now) {
        List<ExecutionReport> there = of(report.execution());
        if (!there.contains(report) && there.size() < MOST_PER_EXECUTION) {
            parked.add(new Parked(report, now));
        }
    }

    @Override
    public synchronized List<ExecutionReport> of(ExecutionId execution) {
        return parked.stream()
                .map(Parked::report)
                .filter(report -> report.execution().equals(execution))
                .toList();
    }

    @Override
    public synchronized void remove(ExecutionId execution) {
        parked.removeIf(one -> one.report.execution().equals(execution));
    }

    @Override
    public synchronized int removeBefore(Instant cutoff) {
        int before = parked.size();
        parked.removeIf(one -> one.at.isBefore(cutoff));
        return before - parked.size();
    }

    private record Parked(ExecutionReport report, Instant at) {}
}
