package linekeeper.persistence;

import linekeeper.domain.call.Call;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.QueuedCall;
import linekeeper.persistence.Changed.NewNotice;

import java.util.List;
import java.util.function.Predicate;

/// How many rows a batch of changes writes: a number that differs from what the calls say indicates a
/// bug, and the batch is rolled back.
record ChangeCounts(
        long ends,
        long amended,
        long stretches,
        long endNotices,
        long leads,
        long keptSlot,
        long leftSlot,
        long bound,
        long followed,
        long enteredQueue,
        long keptWaiting,
        long leftQueue) {
    static ChangeCounts of(Row row) {
        return new ChangeCounts(
                row.number("ends"),
                row.number("amended"),
                row.number("stretches"),
                row.number("end_notices"),
                row.number("leads"),
                row.number("kept_slot"),
                row.number("left_slot"),
                row.number("bound"),
                row.number("followed"),
                row.number("entered_queue"),
                row.number("kept_waiting"),
                row.number("left_queue"));
    }

    static ChangeCounts expected(List<Changed> calls, LeadMerge leads) {
        return new ChangeCounts(
                count(calls, call -> over(call.call()) && !over(call.before())),
                count(calls, call -> over(call.before())),
                count(calls, ChangeCounts::tells),
                calls.stream().mapToLong(ChangeCounts::ends).sum(),
                leads.size(),
                count(calls, call -> live(call.call())),
                count(calls, call -> live(call.before()) && !live(call.call())),
                count(calls, Changed::binds),
                count(calls, Changed::unbinds),
                count(calls, call -> live(call.before()) && waiting(call.call())),
                count(calls, call -> waiting(call.before()) && waiting(call.call())),
                count(calls, call -> waiting(call.before()) && !waiting(call.call())));
    }

    void assertEquals(ChangeCounts expected) {
        if (!equals(expected)) {
            throw new IllegalStateException(
                    "wrote " + this + " instead of " + expected + ": indicates a bug");
        }
    }

    /// Whether lines go to the history: of a call that leaves its slot always, for how it got it is one.
    private static boolean tells(Changed call) {
        if (live(call.before()) && !live(call.call())) {
            return true;
        }
        boolean kept = live(call.call()) && call.lastEvent() <= ChangeSql.MOST_LINES;
        return !kept && !call.entries().isEmpty();
    }

    /// The others are written only for backends that asked for them.
    private static long ends(Changed call) {
        return call.notices().stream().filter(NewNotice::tellsTheEnd).count();
    }

    private static long count(List<Changed> calls, Predicate<Changed> which) {
        return calls.stream().filter(which).count();
    }

    private static boolean over(Call call) {
        return call instanceof EndedCall;
    }

    private static boolean live(Call call) {
        return call instanceof LiveCall;
    }

    private static boolean waiting(Call call) {
        return call instanceof QueuedCall;
    }
}
