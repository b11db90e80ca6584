package linekeeper.application.world;

import linekeeper.application.port.DriverRequests;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The requests to call drivers, in memory.
final class MemoryDriverRequests implements DriverRequests {
    private final MemoryState state;
    private final Map<Name, Known> requests = new HashMap<>();
    private long lastHold;

    MemoryDriverRequests(MemoryState state) {
        this.state = state;
    }

    @Override
    public Opened open(Request request, List<CallId> calls, Instant now, Instant until) {
        synchronized (state) {
            Name name = new Name(request.account(), request.key());
            Known known = requests.get(name);
            if (known == null) {
                return begin(name, request, calls, now, until);
            }
            if (!known.fingerprint.equals(request.fingerprint())) {
                return new Different();
            }
            if (known.entries != null) {
                return new Settled(known.entries);
            }
            return known.heldUntil.isAfter(now) ? new Held() : resume(name, known, until);
        }
    }

    private Opened begin(
            Name name, Request request, List<CallId> calls, Instant now, Instant until) {
        if (!state.accounts.containsKey(name.account)) {
            return new NoSuchAccount();
        }
        requests.put(
                name,
                new Known(request.fingerprint(), List.copyOf(calls), null, ++lastHold, until, now));
        return new Begun(new Hold(name.account, name.key, lastHold));
    }

    private Opened resume(Name name, Known known, Instant until) {
        requests.put(name, known.held(++lastHold, known.calls, until));
        return new Resumed(new Hold(name.account, name.key, lastHold), known.begunAt, known.calls);
    }

    @Override
    public boolean plan(Hold hold, List<CallId> calls, Instant until) {
        synchronized (state) {
            Known known = held(hold);
            return known != null
                    && requests.put(Name.of(hold), known.held(hold.number(), calls, until)) != null;
        }
    }

    @Override
    public boolean settle(Hold hold, List<Entry> entries) {
        synchronized (state) {
            Known known = held(hold);
            return known != null && requests.put(Name.of(hold), known.settled(entries)) != null;
        }
    }

    @Override
    public void leave(Hold hold, Instant now) {
        synchronized (state) {
            Known known = held(hold);
            if (known != null) {
                requests.put(Name.of(hold), known.held(hold.number(), known.calls, now));
            }
        }
    }

    @Override
    public int removeBefore(Instant cutoff, int most) {
        synchronized (state) {
            List<Name> old =
                    requests.entrySet().stream()
                            .filter(entry -> entry.getValue().begunAt.isBefore(cutoff))
                            .map(Map.Entry::getKey)
                            .limit(most)
                            .toList();
            old.forEach(requests::remove);
            return old.size();
        }
    }

    private @Nullable Known held(Hold hold) {
        Known known = requests.get(Name.of(hold));
        return known != null && known.entries == null && known.hold == hold.number() ? known : null;
    }

    private record Name(AccountId account, String key) {
        static Name of(Hold hold) {
            return new Name(hold.account(), hold.key());
        }
    }

    /// @param entries null: not settled
    private record Known(
            String fingerprint,
            List<CallId> calls,
            @Nullable List<Entry> entries,
            long hold,
            Instant heldUntil,
            Instant begunAt) {
        Known held(long number, List<CallId> ids, Instant until) {
            return new Known(fingerprint, List.copyOf(ids), null, number, until, begunAt);
        }

        Known settled(List<Entry> how) {
            List<CallId> ids = how.stream().map(Entry::call).toList();
            return new Known(fingerprint, ids, List.copyOf(how), hold, heldUntil, begunAt);
        }
    }
}
