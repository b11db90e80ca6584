package linekeeper.application.world;

import linekeeper.application.port.Calls.LateReport;
import linekeeper.application.port.ExecutionReport.Echo;
import linekeeper.domain.CallKey;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.call.EndedCall;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The attempts that others followed, in memory. Guarded by the state's monitor.
final class MemoryAttempts {
    private final Map<Echo, EndedCall> attempts = new HashMap<>();
    private final Map<ExecutionId, Echo> executions = new HashMap<>();

    void keep(EndedCall attempt) {
        Echo place = new Echo(attempt.key(), attempt.attempt());
        attempts.put(place, attempt);
        if (attempt.execution() != null) {
            executions.putIfAbsent(attempt.execution(), place);
        }
    }

    Optional<Echo> of(ExecutionId execution) {
        return Optional.ofNullable(executions.get(execution));
    }

    boolean amend(LateReport late) {
        CallKey key = late.key();
        Echo place = new Echo(key, late.attempt());
        EndedCall attempt = attempts.get(place);
        if (attempt == null || !late.execution().provider().equals(attempt.accepted().provider())) {
            return false;
        }
        EndedCall known =
                attempt.execution() == null ? attempt.identify(late.execution()) : attempt;
        if (!late.execution().equals(known.execution())) {
            return false;
        }
        EndedCall amended = known.amend(late.facts()).orElse(known);
        keep(amended);
        return !amended.equals(attempt);
    }
}
