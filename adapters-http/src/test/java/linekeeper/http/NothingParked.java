package linekeeper.http;

import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.ParkedReports;
import linekeeper.domain.ExecutionId;

import java.time.Instant;
import java.util.List;

/// Keeps no early reports.
final class NothingParked implements ParkedReports {
    @Override
    public void park(ExecutionReport report, Instant now) {}

    @Override
    public List<ExecutionReport> of(ExecutionId execution) {
        return List.of();
    }

    @Override
    public void remove(ExecutionId execution) {}

    @Override
    public int removeBefore(Instant cutoff) {
        return 0;
    }
}
