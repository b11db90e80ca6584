package linekeeper.http;

import linekeeper.application.port.CallCursor;
import linekeeper.application.port.CallFilter;
import linekeeper.application.port.CallPage;
import linekeeper.application.port.Calls;
import linekeeper.application.port.Change;
import linekeeper.application.port.Decision;
import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.PageRequest;
import linekeeper.application.port.StoreUnavailable;
import linekeeper.application.port.Succession;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.LiveCall;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Calls in a map; enough of the port for the API.
final class FakeCalls implements Calls {
    private final Map<CallKey, Call> calls = new LinkedHashMap<>();
    private final Map<CallKey, List<Recorded>> timelines = new LinkedHashMap<>();
    private final Set<CallKey> hidden = new HashSet<>();
    private boolean down;
    private boolean broken;

    /// From now on every question fails, as with a database that is gone.
    synchronized void goDown() {
        down = true;
    }

    /// From now on every question meets a bug.
    synchronized void breakDown() {
        broken = true;
    }

    synchronized void put(Call call) {
        check();
        calls.put(call.key(), call);
    }

    synchronized <T extends Call> List<T> all(AccountId account, Class<T> state) {
        check();
        return of(account).filter(state::isInstance).map(state::cast).toList();
    }

    @Override
    public synchronized Optional<Call> find(CallKey key) {
        check();
        return Optional.ofNullable(calls.get(key));
    }

    @Override
    public synchronized boolean isHidden(CallKey key) {
        return hidden.contains(key);
    }

    @Override
    public synchronized Hiding hide(CallKey key, Instant now) {
        Optional<Call> call = find(key);
        if (call.isEmpty()) {
            return Hiding.NO_SUCH_CALL;
        }
        if (!call.get().status().terminal()) {
            return Hiding.NOT_OVER;
        }
        hidden.add(key);
        return Hiding.HIDDEN;
    }

    @Override
    public synchronized Optional<CallKey> keyOf(ExecutionId execution) {
        check();
        return calls.values().stream()
                .filter(call -> call instanceof ActiveCall a && a.execution().equals(execution))
                .map(Call::key)
                .findFirst();
    }

    @Override
    public synchronized List<CallKey> withId(CallId id, int most) {
        check();
        return calls.keySet().stream().filter(key -> key.call().equals(id)).limit(most).toList();
    }

    @Override
    public synchronized Optional<ExecutionReport.Echo> earlierAttempt(ExecutionId execution) {
        check();
        return Optional.empty();
    }

    @Override
    public synchronized boolean amendEarlier(LateReport late) {
        check();
        return false;
    }

    @Override
    public synchronized <R> R change(CallKey key, Decision<R> decision, Succession succession) {
        Optional<Call> before = find(key);
        Change<R> change = decision.decide(before);
        if (change.next() != null) {
            put(change.next());
        }
        List<Recorded> timeline = timelines.computeIfAbsent(key, none -> new ArrayList<>());
        change.events().forEach(e -> timeline.add(new Recorded(timeline.size() + 1, e)));
        if (before.orElse(null) instanceof LiveCall live && change.next() instanceof EndedCall) {
            succession.over(List.of(live), null);
        }
        return change.answer();
    }

    @Override
    public synchronized CallPage list(AccountId account, CallFilter filter, PageRequest page) {
        List<Call> found =
                of(account)
                        .filter(c -> !hidden.contains(c.key()))
                        .filter(c -> filter.status() == null || c.status() == filter.status())
                        .filter(c -> filter.phone() == null || phone(c).equals(filter.phone()))
                        .sorted(Comparator.comparing((Call c) -> id(c)).reversed())
                        .filter(c -> page.after() == null || id(c).compareTo(place(page)) < 0)
                        .limit(page.limit())
                        .toList();
        Call last = found.size() < page.limit() ? null : found.getLast();
        return new CallPage(
                found,
                last == null
                        ? null
                        : new CallCursor(last.accepted().createdAt(), last.key().call()));
    }

    @Override
    public synchronized List<Recorded> timeline(CallKey key, long after, int most) {
        return timelines.getOrDefault(key, List.of()).stream()
                .filter(line -> line.sequence() > after)
                .limit(most)
                .toList();
    }

    private Stream<Call> of(AccountId account) {
        return calls.values().stream().filter(call -> call.key().account().equals(account));
    }

    private void check() {
        if (down) {
            throw new StoreUnavailable("the database is gone");
        }
        if (broken) {
            throw new IllegalStateException("secret of the inside");
        }
    }

    private static String id(Call call) {
        return call.key().call().value();
    }

    private static String place(PageRequest page) {
        return Objects.requireNonNull(page.after()).call().value();
    }

    private static Object phone(Call call) {
        return call.accepted().request().recipient().phone();
    }
}
