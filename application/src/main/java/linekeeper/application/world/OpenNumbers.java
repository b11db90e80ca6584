package linekeeper.application.world;

import linekeeper.domain.AccountId;
import linekeeper.domain.CallKey;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.EndedCall;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The calls to each number that are not over (E4). Guarded by the state's monitor.
final class OpenNumbers {
    private final Map<Called, Set<CallKey>> open = new HashMap<>();

    void moved(@Nullable Call before, Call after) {
        boolean over = after instanceof EndedCall;
        if (before == null && !over) {
            open.computeIfAbsent(Called.of(after), any -> new LinkedHashSet<>(2)).add(after.key());
        }
        if (before != null && over && !(before instanceof EndedCall)) {
            open.computeIfPresent(
                    Called.of(after),
                    (any, keys) -> keys.remove(after.key()) && keys.isEmpty() ? null : keys);
        }
    }

    Stream<CallKey> of(AccountId account, PhoneNumber number) {
        return open.getOrDefault(new Called(account, number), Set.of()).stream();
    }

    private record Called(AccountId account, PhoneNumber number) {
        static Called of(Call call) {
            return new Called(call.key().account(), call.accepted().request().recipient().phone());
        }
    }
}
