package linekeeper.persistence;

import linekeeper.domain.CallKey;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.LiveCall;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Map;

/// The live calls as this node left them, so that the next change of one, which nearly always happens
/// here as well, need not read it first. What is remembered may be old: whoever changes a call by it
/// writes only if the slot still has the version that it had. Thread-safe.
final class LiveCalls {
    private static final int MOST = 5_000;
    private static final int LONGEST_USER_DATA = 4_096;

    private final Map<CallKey, Known> known = new BoundedMap<>(MOST);

    /// A call after its last commit.
    ///
    /// @param lastEvent the sequence number of its latest timeline entry
    /// @param version of its slot
    record Known(Call call, long lastEvent, long version) {}

    synchronized @Nullable Known find(CallKey key) {
        return known.get(key);
    }

    /// After the commit.
    synchronized void learn(Collection<Known> committed) {
        for (Known one : committed) {
            known.remove(one.call.key());
            if (one.call instanceof LiveCall && small(one.call)) {
                known.put(one.call.key(), one);
            }
        }
    }

    synchronized void forget(Collection<CallKey> keys) {
        keys.forEach(known::remove);
    }

    private static boolean small(Call call) {
        return call.accepted().request().userData().json().length() <= LONGEST_USER_DATA;
    }
}
