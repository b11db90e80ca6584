package linekeeper.persistence;

import linekeeper.application.port.Change;
import linekeeper.domain.CallKey;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.TimelineEvent;
import linekeeper.domain.notice.Announced;
import linekeeper.domain.notice.NoticeType;
import linekeeper.domain.notice.Step;
import linekeeper.persistence.LiveCalls.Known;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A call as the decisions so far have left it.
final class Changed {
    private final Call before;
    private final List<Entry> entries = new ArrayList<>();
    private final List<NewNotice> notices = new ArrayList<>();
    private final List<EndedCall> endedAttempts = new ArrayList<>();
    private final long version;
    private final boolean archived;
    private Call call;
    private long lastEvent;

    Changed(Known known) {
        this(known, false);
    }

    private Changed(Known known, boolean archived) {
        this.archived = archived;
        this.before = known.call();
        this.call = before;
        this.lastEvent = known.lastEvent();
        this.version = known.version();
    }

    static Changed of(Row row) {
        Call call = CallRows.call(row);
        long version = call instanceof LiveCall ? row.number("version") : 0;
        return new Changed(new Known(call, row.number("last_event"), version));
    }

    static Changed archived(Row row) {
        return new Changed(new Known(CallRows.call(row), row.number("last_event"), 0), true);
    }

    boolean isArchived() {
        return archived;
    }

    /// The call as this leaves it.
    Known known() {
        return new Known(call, lastEvent, version + 1);
    }

    long version() {
        return version;
    }

    /// Of the slot that it held; null: it held none.
    @Nullable Long lease() {
        return before instanceof LiveCall live ? live.slot().lease().value() : null;
    }

    /// False: at most its timeline gains lines.
    boolean moves() {
        return !call.equals(before);
    }

    /// Whether it waited, or waits now.
    boolean isOfQueue() {
        return before instanceof QueuedCall || call instanceof QueuedCall;
    }

    /// Whether it has an execution that it had not.
    boolean binds() {
        ExecutionId execution = CallColumns.execution(call);
        return execution != null && !execution.equals(CallColumns.execution(before));
    }

    /// Whether it had an execution that it has no more.
    boolean unbinds() {
        ExecutionId execution = CallColumns.execution(before);
        return execution != null && !execution.equals(CallColumns.execution(call));
    }

    void apply(Change<?> change) {
        Call next = change.next() == null ? call : change.next();
        check(next);
        EndedCall ended = change.endedAttempt();
        if ((next.attempt() == call.attempt()) != (ended == null)) {
            throw bug("counts an attempt without telling how the one before ended");
        }
        Step step = new Step(call, next, ended);
        if (!NoticeType.told(step).isEmpty() && change.events().isEmpty()) {
            throw bug("moves on without a line in its timeline");
        }
        long first = lastEvent + 1;
        change.events().forEach(event -> entries.add(new Entry(++lastEvent, event)));
        for (Announced announced : Announced.of(step, first, lastEvent)) {
            notices.add(new NewNotice(announced, change.events().getLast().at()));
        }
        if (ended != null) {
            endedAttempts.add(ended);
        }
        call = next;
    }

    private void check(Call next) {
        if (!next.key().equals(before.key())) {
            throw bug("becomes " + next.key());
        }
        if (!mayFollow(next)) {
            throw bug("goes from " + call.status() + " to " + next.status());
        }
        if (isForeign(next)) {
            throw bug("gets an execution of a provider that does not dial it");
        }
        if (!(next instanceof QueuedCall) && !sameProvider(next)) {
            throw bug("changes its provider without waiting for it");
        }
    }

    private boolean sameProvider(Call next) {
        return next.accepted().provider().equals(call.accepted().provider());
    }

    /// Only a claim takes a slot, and nothing follows an end.
    private boolean mayFollow(Call next) {
        return switch (call) {
            case QueuedCall queued -> !(next instanceof LiveCall) && sameAttempt(next);
            case LiveCall live -> mayFollow(live, next);
            case EndedCall ended -> next.status() == ended.status() && sameAttempt(next);
        };
    }

    private boolean mayFollow(LiveCall live, Call next) {
        return switch (next) {
            case QueuedCall queued -> sameAttempt(next) || next.attempt() == live.attempt() + 1;
            case LiveCall later ->
                    sameAttempt(next) && later.slot().lease().equals(live.slot().lease());
            case EndedCall ended -> sameAttempt(next);
        };
    }

    private boolean sameAttempt(Call next) {
        return next.attempt() == call.attempt();
    }

    private static boolean isForeign(Call call) {
        ExecutionId execution = CallColumns.execution(call);
        return execution != null && !execution.provider().equals(call.accepted().provider());
    }

    private IllegalStateException bug(String what) {
        return new IllegalStateException(before.key() + " " + what + ": indicates a bug");
    }

    boolean isDirty() {
        return moves() || !entries.isEmpty();
    }

    Call before() {
        return before;
    }

    Call call() {
        return call;
    }

    long lastEvent() {
        return lastEvent;
    }

    List<NewNotice> notices() {
        return notices;
    }

    /// Attempts that ended here and that others follow, as if the call had ended with them.
    List<EndedCall> endedAttempts() {
        return endedAttempts;
    }

    /// The call if it ends here and somebody was dialed: it counts in a lead.
    Stream<EndedCall> dialedEnd() {
        return notices.stream().anyMatch(NewNotice::tellsTheEnd)
                        && call instanceof EndedCall ended
                        && ended.execution() != null
                ? Stream.of(ended)
                : Stream.empty();
    }

    /// The call as it was while it had the slot that it gives back here.
    Stream<LiveCall> freed() {
        return before instanceof LiveCall live && !(call instanceof LiveCall)
                ? Stream.of(live)
                : Stream.empty();
    }

    List<Entry> entries() {
        return entries;
    }

    CallKey key() {
        return before.key();
    }

    /// A new line of a call's timeline.
    record Entry(long sequence, TimelineEvent event) {}

    /// Something for the customer's backend.
    record NewNotice(Announced announced, Instant at) {
        boolean tellsTheEnd() {
            return announced.type() == NoticeType.ENDED;
        }
    }
}
