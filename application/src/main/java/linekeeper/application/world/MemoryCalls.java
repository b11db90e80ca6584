package linekeeper.application.world;

import linekeeper.application.port.CallCursor;
import linekeeper.application.port.CallFilter;
import linekeeper.application.port.CallPage;
import linekeeper.application.port.Calls;
import linekeeper.application.port.Change;
import linekeeper.application.port.Decision;
import linekeeper.application.port.ExecutionReport.Echo;
import linekeeper.application.port.PageRequest;
import linekeeper.application.port.Succession;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.TimelineEvent;
import linekeeper.domain.notice.Announced;
import linekeeper.domain.notice.Notice;
import linekeeper.domain.notice.NoticeId;
import linekeeper.domain.notice.NoticeType;
import linekeeper.domain.notice.Step;
import linekeeper.domain.notice.Telling;
import linekeeper.domain.notice.Webhook;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The record of every call, in memory.
final class MemoryCalls implements Calls {
    private static final Comparator<Call> NEWEST_FIRST =
            Comparator.comparing((Call call) -> call.accepted().createdAt())
                    .reversed()
                    .thenComparing(call -> call.key().call().value());

    private final MemoryState state;
    private final MemoryClaims claims;
    private final MemoryAttempts attempts = new MemoryAttempts();

    MemoryCalls(MemoryState state, MemoryClaims claims) {
        this.state = state;
        this.claims = claims;
    }

    @Override
    public Optional<Call> find(CallKey key) {
        synchronized (state) {
            return Optional.ofNullable(state.calls.get(key));
        }
    }

    @Override
    public boolean isHidden(CallKey key) {
        synchronized (state) {
            return state.hidden.contains(key);
        }
    }

    @Override
    public Hiding hide(CallKey key, Instant now) {
        synchronized (state) {
            Call call = state.calls.get(key);
            if (!(call instanceof EndedCall)) {
                return call == null ? Hiding.NO_SUCH_CALL : Hiding.NOT_OVER;
            }
            if (state.hidden.add(key)) {
                state.record(key, TimelineEvent.of(now, "deleted"));
            }
            return Hiding.HIDDEN;
        }
    }

    @Override
    public Optional<CallKey> keyOf(ExecutionId execution) {
        synchronized (state) {
            return state.executions.keyOf(execution);
        }
    }

    @Override
    public List<CallKey> withId(CallId id, int most) {
        synchronized (state) {
            List<Call> found =
                    state.accounts.keySet().stream()
                            .map(account -> state.calls.get(new CallKey(account, id)))
                            .filter(Objects::nonNull)
                            .filter(call -> !state.archived.contains(call.key()))
                            .sorted(Comparator.comparing(call -> call.key().account().value()))
                            .toList();
            List<Call> live = found.stream().filter(LiveCall.class::isInstance).toList();
            return (live.isEmpty() ? found : live).stream().map(Call::key).limit(most).toList();
        }
    }

    @Override
    public <R> R change(CallKey key, Decision<R> decision, Succession succession) {
        HandOver handOver = new HandOver(claims, succession);
        try {
            synchronized (state) {
                Call current = state.calls.get(key);
                Change<R> change = decision.decide(Optional.ofNullable(current));
                if (current != null) {
                    check(current, change);
                    apply(current, change);
                    handOver.after(current, change);
                }
                return change.answer();
            }
        } finally {
            handOver.tell();
        }
    }

    private static void check(Call current, Change<?> change) {
        Call next = change.next() == null ? current : change.next();
        if (current instanceof QueuedCall && next instanceof ReservedCall) {
            throw new IllegalStateException("only a claim takes a slot; indicates a bug");
        }
        if ((next.attempt() == current.attempt()) != (change.endedAttempt() == null)) {
            throw new IllegalStateException("an attempt ends untold; indicates a bug");
        }
    }

    private void apply(Call current, Change<?> change) {
        Call next = change.next();
        if (next != null && !next.equals(current)) {
            state.put(next);
        }
        long last = 0;
        for (TimelineEvent event : change.events()) {
            last = state.record(current.key(), event);
        }
        if (next != null && last > 0) {
            announce(new Step(current, next, change.endedAttempt()), change.events(), last);
        }
        if (change.endedAttempt() != null) {
            state.attemptEnded(change.endedAttempt());
            if (state.keepsHistory) {
                attempts.keep(change.endedAttempt());
            }
        }
    }

    private void announce(Step step, List<TimelineEvent> events, long last) {
        CallKey key = step.after().key();
        long first = last - events.size() + 1;
        Instant at = events.getLast().at();
        for (Announced announced : Announced.of(step, first, last)) {
            NoticeType type = announced.type();
            Webhook webhook = state.webhooks.get(key.account());
            if (type == NoticeType.ENDED || (webhook != null && webhook.events().contains(type))) {
                NoticeId id = new NoticeId(key, announced.sequence());
                state.notices.put(new Notice(id, type, at, Telling.due(at)), false);
            }
        }
    }

    @Override
    public Optional<Echo> earlierAttempt(ExecutionId execution) {
        synchronized (state) {
            return attempts.of(execution)
                    .filter(attempt -> !state.archived.contains(attempt.key()));
        }
    }

    @Override
    public boolean amendEarlier(LateReport late) {
        synchronized (state) {
            boolean amended = !state.archived.contains(late.key()) && attempts.amend(late);
            if (amended) {
                state.record(
                        late.key(),
                        TimelineEvent.of(late.now(), "earlier_attempt_report", late.detail()));
            }
            return amended;
        }
    }

    @Override
    public CallPage list(AccountId account, CallFilter filter, PageRequest page) {
        synchronized (state) {
            List<Call> found =
                    state.calls.values().stream()
                            .filter(call -> call.key().account().equals(account))
                            .filter(call -> !state.hidden.contains(call.key()))
                            .filter(call -> !state.archived.contains(call.key()))
                            .filter(call -> matches(call, filter))
                            .sorted(NEWEST_FIRST)
                            .filter(call -> isAfter(call, page.after()))
                            .limit(page.limit() + 1L)
                            .toList();
            if (found.size() <= page.limit()) {
                return new CallPage(found, null);
            }
            Call last = found.get(page.limit() - 1);
            CallCursor next = new CallCursor(last.accepted().createdAt(), last.key().call());
            return new CallPage(found.subList(0, page.limit()), next);
        }
    }

    private static boolean isAfter(Call call, @Nullable CallCursor cursor) {
        if (cursor == null) {
            return true;
        }
        int age = call.accepted().createdAt().compareTo(cursor.createdAt());
        return age < 0
                || (age == 0 && call.key().call().value().compareTo(cursor.call().value()) > 0);
    }

    private static boolean matches(Call call, CallFilter filter) {
        CallRequest request = call.accepted().request();
        return asked(filter.status(), call.status())
                && asked(filter.type(), request.type())
                && asked(filter.campaign(), request.grouping().campaign())
                && asked(filter.driver(), request.grouping().driver())
                && asked(filter.phone(), request.recipient().phone())
                && (filter.from() == null || !call.accepted().createdAt().isBefore(filter.from()))
                && (filter.to() == null || call.accepted().createdAt().isBefore(filter.to()));
    }

    private static boolean asked(@Nullable Object wanted, @Nullable Object actual) {
        return wanted == null || Objects.equals(wanted, actual);
    }

    @Override
    public List<Recorded> timeline(CallKey key, long after, int most) {
        synchronized (state) {
            return state.timelines.getOrDefault(key, List.of()).stream()
                    .filter(entry -> entry.sequence() > after)
                    .limit(most)
                    .toList();
        }
    }
}
