package linekeeper.application;

import linekeeper.application.port.CallObserver;
import linekeeper.application.port.DialResult;
import linekeeper.application.port.ProviderRoom;
import linekeeper.application.port.Wake;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.provider.CircuitBreaker;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// One circuit breaker per provider that this node has; what a claim may give to each (H6). A probe is
/// lent to one claim at a time: it either gives a call to the provider or gives the probe back.
/// Thread-safe.
public final class Breakers {
    private final Map<ProviderName, CircuitBreaker> breakers = new HashMap<>();
    private final Set<ProviderName> lent = new HashSet<>();
    private final Wake wake;
    private final CallObserver observer;

    Breakers(Set<ProviderName> providers, Wake wake, CallObserver observer) {
        providers.forEach(provider -> breakers.put(provider, CircuitBreaker.closed()));
        this.wake = wake;
        this.observer = observer;
    }

    /// What the next claim may give out. Must be followed by [#given], whatever comes of the claim.
    synchronized ProviderRoom room(Instant now) {
        Map<ProviderName, Integer> most = new HashMap<>();
        breakers.forEach(
                (provider, breaker) -> {
                    int room = breaker.room(now);
                    if (room < Integer.MAX_VALUE) {
                        most.put(provider, room > 0 && lent.add(provider) ? room : 0);
                    }
                });
        return new ProviderRoom(most);
    }

    /// A claim under `room` gave these calls out.
    synchronized void given(ProviderRoom room, List<ReservedCall> calls, Instant now) {
        room.most().forEach((provider, most) -> giveBack(provider, most));
        calls.stream()
                .map(call -> call.accepted().provider())
                .distinct()
                .forEach(provider -> update(provider, breaker -> breaker.given(now)));
    }

    private void giveBack(ProviderName provider, int most) {
        if (most > 0) {
            lent.remove(provider);
        }
    }

    /// What came of a dial.
    void dialed(ProviderName provider, DialResult result, Instant now) {
        boolean closed =
                switch (result) {
                    case DialResult.NotSent notSent -> update(provider, one -> one.failed(now));
                    case DialResult.Unknown unknown -> update(provider, one -> one.failed(now));
                    case DialResult.Accepted accepted ->
                            update(provider, one -> one.succeeded(now));
                    case DialResult.Refused refused -> update(provider, one -> one.succeeded(now));
                };
        if (closed) {
            wake.dispatchAt(now);
        }
    }

    /// True: it was closed by this.
    private synchronized boolean update(
            ProviderName provider, UnaryOperator<CircuitBreaker> change) {
        CircuitBreaker before = breakers.get(provider);
        if (before == null) {
            return false;
        }
        CircuitBreaker after = change.apply(before);
        breakers.put(provider, after);
        if (!after.wireName().equals(before.wireName())) {
            observer.breaker(provider, after);
        }
        return after instanceof CircuitBreaker.Closed && !(before instanceof CircuitBreaker.Closed);
    }

    /// Null: this node has no such provider.
    public synchronized @Nullable CircuitBreaker of(ProviderName provider) {
        return breakers.get(provider);
    }

    /// When a failing provider is tried again; null: it does not fail.
    synchronized @Nullable Instant probeAt(ProviderName provider) {
        return breakers.get(provider) instanceof CircuitBreaker.Open open ? open.probeAt() : null;
    }

    /// The providers that calls are kept from.
    synchronized Set<ProviderName> failing() {
        return those(CircuitBreaker.Open.class::isInstance);
    }

    /// The providers that calls go to.
    synchronized Set<ProviderName> usable() {
        return those(CircuitBreaker.Closed.class::isInstance);
    }

    private Set<ProviderName> those(Predicate<CircuitBreaker> which) {
        return breakers.entrySet().stream()
                .filter(one -> which.test(one.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
