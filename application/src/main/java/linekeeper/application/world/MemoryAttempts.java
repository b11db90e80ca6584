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

    void keep(EndedCall attempt) {
        attempts.put(new Echo(attempt.key(), attempt.attempt()), attempt);
    }

    Optional<Echo> of(ExecutionId execution) {
        return attempts.entrySet().stream()
                .filter(entry -> execution.equals(entry.getValue().execution()))
                .map(Map.Entry::getKey)
                .findFirst();
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
        attempts.put(place, amended);
        return !amended.equals(attempt);
    }
}
