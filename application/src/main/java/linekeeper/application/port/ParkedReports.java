package linekeeper.application.port;

import linekeeper.domain.ExecutionId;

import java.time.Instant;
import java.util.List;

/// Reports of executions that no call is bound to yet (H3): kept until the bind lands.
public interface ParkedReports {
    /// Durable on return; a report that is there already is not doubled. At most a hundred are kept
    /// per execution.
    void park(ExecutionReport report, Instant now);

    /// Those of one execution in the order they came.
    List<ExecutionReport> of(ExecutionId execution);

    /// Forgets those of one execution.
    void remove(ExecutionId execution);

    /// Forgets what was parked before `cutoff`, a bounded batch; how many.
    int removeBefore(Instant cutoff);
}
