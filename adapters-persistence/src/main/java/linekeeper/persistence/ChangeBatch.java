package linekeeper.persistence;

import linekeeper.application.port.Change;
import linekeeper.application.port.Decision;
import linekeeper.application.port.Succession;
import linekeeper.domain.CallKey;
import linekeeper.domain.call.LiveCall;
import linekeeper.persistence.LiveCalls.Known;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// One commit's changes: locks the calls, lets the decisions look at them one after the other, and
/// writes what they made of them.
///
/// The record of a call never changes, so a statement that waited for the lock of its slot, its queue entry
/// or its end, and sees the newest version of that, has everything.
final class ChangeBatch {
    private static final String LIVE =
            CallSelects.LIVE
                    + Keys.where("s")
                    + " ORDER BY s.account_id, s.call_id FOR NO KEY UPDATE OF s";
    private static final String WAITING =
            CallSelects.WAITING
                    + Keys.where("q")
                    + " ORDER BY q.account_id, q.call_id FOR NO KEY UPDATE OF q";
    private static final String OVER =
            CallSelects.OVER
                    + Keys.where("e")
                    + " ORDER BY e.account_id, e.call_id FOR NO KEY UPDATE OF e";
    private static final String RECORDED =
            "SELECT c.account_id, c.call_id FROM calls c " + Keys.WHERE;
    private static final int MOST_LOOKS = 10;

    private final Map<CallKey, Changed> changed = new LinkedHashMap<>();
    private final Set<CallKey> recalled = new LinkedHashSet<>();

    private ChangeBatch() {}

    /// A decision that is asked for a call.
    ///
    /// @param succession who may follow in the slot that it frees
    record Asked(CallKey key, Decision<?> decision, Succession succession) {
        Asked(CallKey key, Decision<?> decision) {
            this(key, decision, Succession.NONE);
        }
    }

    /// @param answers in the order of the questions; each throws what its decision threw
    /// @param left the calls as this leaves them, if it is committed
    /// @param freed the calls that gave their slots back, as they were while they had them
    /// @param queue any of the calls waited, or waits now
    record Written(
            List<Supplier<?>> answers, List<Known> left, List<LiveCall> freed, boolean queue) {}

    /// @param remembered what is known of the calls without a look; it may be old, and if it is, this
    ///     fails, having written what must be rolled back
    /// @param followUp what is done for the leads of calls that end
    static Written write(
            Database database,
            List<Asked> asked,
            Function<CallKey, @Nullable Known> remembered,
            FollowUp followUp) {
        ChangeBatch batch = new ChangeBatch();
        batch.load(database, batch.recall(asked, remembered));
        List<Supplier<?>> answers = new ArrayList<>();
        asked.forEach(one -> answers.add(batch.decide(one)));
        List<Changed> dirty = batch.changed.values().stream().filter(Changed::isDirty).toList();
        List<Changed> written = dirty.stream().filter(one -> !one.isArchived()).toList();
        if (!written.isEmpty()) {
            ChangeSql.write(database, written, followUp);
        }
        dirty.stream()
                .filter(Changed::isArchived)
                .forEach(one -> ArchivedCalls.amend(database, one));
        batch.verify(database);
        return new Written(
                answers,
                written.stream().map(Changed::known).toList(),
                written.stream().flatMap(Changed::freed).toList(),
                batch.changed.values().stream().anyMatch(Changed::isOfQueue));
    }

    /// What was decided over a remembered call and writes nothing counts only if the call is still as it
    /// was remembered; a write sees to that itself.
    private void verify(Database database) {
        List<Changed> unwritten =
                recalled.stream()
                        .map(key -> Objects.requireNonNull(changed.get(key)))
                        .filter(one -> !one.isDirty())
                        .toList();
        if (!unwritten.isEmpty()
                && SlotVersions.countUnchanged(database, unwritten) < unwritten.size()) {
            throw new IllegalStateException("another node has changed a call meanwhile");
        }
    }

    /// The calls of which nothing is known.
    private List<CallKey> recall(List<Asked> asked, Function<CallKey, @Nullable Known> remembered) {
        Set<CallKey> unknown = new LinkedHashSet<>();
        for (Asked one : asked) {
            Known known = remembered.apply(one.key());
            if (known == null) {
                unknown.add(one.key());
            } else {
                changed.putIfAbsent(one.key(), new Changed(known));
                recalled.add(one.key());
            }
        }
        return List.copyOf(unknown);
    }

    /// A call is locked where its state is kept. One that moves from there while it is looked for is
    /// looked for again; a call that is over moves nowhere.
    private void load(Database database, List<CallKey> keys) {
        List<CallKey> missing = keys;
        for (int tried = 0; !missing.isEmpty(); tried++) {
            if (tried == MOST_LOOKS) {
                throw new IllegalStateException(missing + " are nowhere: indicates a bug");
            }
            for (String place : List.of(LIVE, WAITING, OVER)) {
                missing =
                        missing.isEmpty()
                                ? missing
                                : without(missing, lock(database, place, missing));
            }
            missing = missing.isEmpty() ? missing : moving(database, missing);
        }
        List<CallKey> elsewhere = without(keys, changed.keySet());
        ArchivedCalls.lock(database, elsewhere, row -> load(Changed.archived(row)));
    }

    private boolean load(Changed call) {
        return changed.put(call.key(), call) == null;
    }

    /// Of calls that were in no place when it was looked at, those that are recorded.
    private static List<CallKey> moving(Database database, List<CallKey> keys) {
        return database.query(Keys.bind(Sql.of(RECORDED), keys), CallRows::key);
    }

    private Set<CallKey> lock(Database database, String text, List<CallKey> keys) {
        Set<CallKey> found = new HashSet<>();
        database.query(
                Keys.bind(Sql.of(text), keys),
                row -> {
                    CallKey key = CallRows.key(row);
                    changed.put(key, Changed.of(row));
                    return found.add(key);
                });
        return found;
    }

    private static List<CallKey> without(List<CallKey> keys, Set<CallKey> found) {
        return keys.stream().filter(key -> !found.contains(key)).toList();
    }

    private Supplier<?> decide(Asked asked) {
        Changed call = changed.get(asked.key());
        try {
            Change<?> change =
                    asked.decision().decide(Optional.ofNullable(call).map(Changed::call));
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
}
