package linekeeper.application.world;

import linekeeper.domain.CallKey;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.EndedCall;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Whose an execution is (B4). Guarded by the state's monitor.
final class Executions {
    /// More than one only if a provider used an id twice.
    private final Map<ExecutionId, List<CallKey>> owners = new HashMap<>();

    void moved(@Nullable Call before, Call after) {
        ExecutionId old = before == null ? null : of(before);
        ExecutionId now = of(after);
        if (Objects.equals(old, now)) {
            return;
        }
        if (old != null) {
            remove(old, after.key());
        }
        if (now != null) {
            owners.merge(
                    now,
                    List.of(after.key()),
                    (known, added) -> Stream.concat(known.stream(), added.stream()).toList());
        }
    }

    /// The call is no longer known.
    void forget(EndedCall call) {
        if (call.execution() != null) {
            remove(call.execution(), call.key());
        }
    }

    private void remove(ExecutionId execution, CallKey key) {
        owners.computeIfPresent(execution, (any, keys) -> without(keys, key));
    }

    private static @Nullable List<CallKey> without(List<CallKey> keys, CallKey key) {
        List<CallKey> others = keys.stream().filter(other -> !other.equals(key)).toList();
        return others.isEmpty() ? null : others;
    }

    private static @Nullable ExecutionId of(Call call) {
        return switch (call) {
            case ActiveCall active -> active.execution();
            case EndedCall ended -> ended.execution();
            default -> null;
        };
    }

    Optional<CallKey> keyOf(ExecutionId execution) {
        return owners.getOrDefault(execution, List.of()).stream()
                .min(Comparator.comparing(key -> key.account().value()));
    }
}
