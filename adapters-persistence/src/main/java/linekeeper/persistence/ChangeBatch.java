package linekeeper.persistence;

import linekeeper.application.port.Change;
import linekeeper.application.port.Decision;
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

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// One commit's changes: locks the calls, lets the decisions look at them one after the other, and
/// writes what they made of them.
///
/// Locking and reading are two statements: a statement that waited for a lock sees the newest version
/// of the locked row, but slots and queue entries as they were before.
final class ChangeBatch {
    private final Map<CallKey, Changed> changed = new LinkedHashMap<>();

    private ChangeBatch() {}

    /// A decision that is asked for a call.
    record Asked(CallKey key, Decision<?> decision) {}

    /// The answers, in the order of the questions; each throws what its decision threw.
    static List<Supplier<?>> write(Database database, List<Asked> asked) {
        ChangeBatch batch = new ChangeBatch();
        batch.load(database, asked.stream().map(Asked::key).distinct().toList());
        List<Supplier<?>> answers = new ArrayList<>();
        asked.forEach(one -> answers.add(batch.decide(one)));
        List<Changed> dirty = batch.changed.values().stream().filter(Changed::isDirty).toList();
        List<Changed> written = dirty.stream().filter(one -> !one.archived).toList();
        if (!written.isEmpty()) {
            ChangeSql.write(database, written);
        }
        dirty.stream()
                .filter(one -> one.archived)
                .forEach(one -> ArchivedCalls.amend(database, one));
        return answers;
    }

    private void load(Database database, List<CallKey> keys) {
        Sql lock =
                Sql.of(
                        "SELECT account_id, call_id FROM calls c "
                                + Keys.WHERE
                                + " ORDER BY account_id, call_id FOR NO KEY UPDATE");
        database.query(Keys.bind(lock, keys), CallRows::key);
        Sql read = Keys.bind(Sql.of(CallRows.SELECT + Keys.WHERE), keys);
        database.query(read, row -> load(new Changed(row, false)));
        List<CallKey> missing = keys.stream().filter(key -> !changed.containsKey(key)).toList();
        ArchivedCalls.lock(database, missing, row -> load(new Changed(row, true)));
    }

    private boolean load(Changed call) {
        return changed.put(call.key(), call) == null;
    }

    private Supplier<?> decide(Asked asked) {
        Changed call = changed.get(asked.key());
        try {
            Change<?> change =
                    asked.decision().decide(Optional.ofNullable(call).map(one -> one.call));
            if (call != null) {
                call.apply(change);
            }
            Object answer = change.answer();
            return () -> answer;
        } catch (RuntimeException e) {
            return () -> {
                throw e;
            };
        }
    }

    /// A call as the decisions so far have left it.
    static final class Changed {
        private final Call before;
        private final boolean archived;
        private final List<Entry> entries = new ArrayList<>();
        private final List<NewNotice> notices = new ArrayList<>();
        private final List<EndedCall> endedAttempts = new ArrayList<>();
        private Call call;
        private long lastEvent;

        Changed(Row row, boolean archived) {
            this.before = CallRows.call(row);
            this.archived = archived;
            this.call = before;
            this.lastEvent = row.number("last_event");
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
            return !call.equals(before) || !entries.isEmpty();
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

        List<Entry> entries() {
            return entries;
        }

        CallKey key() {
            return before.key();
        }
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
