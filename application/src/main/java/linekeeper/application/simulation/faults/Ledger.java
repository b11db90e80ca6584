package linekeeper.application.simulation.faults;

import linekeeper.domain.CallKey;
import linekeeper.domain.LeaseToken;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.UnboundCall;
import linekeeper.domain.notice.NoticeId;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Keeps books of its own on every call and compares them with the store after every step that changes
/// it: the invariants that hold at all times.
final class Ledger {
    private final Stores stores;
    private final SlotRules slots;
    private final NoticeRules notices;
    private final Truth truth;
    private final Map<CallKey, Call> calls = new LinkedHashMap<>();
    private final Set<CallKey> dialed = new LinkedHashSet<>();

    Ledger(Stores stores, SlotRules slots, NoticeRules notices, Truth truth) {
        this.stores = stores;
        this.slots = slots;
        this.notices = notices;
        this.truth = truth;
    }

    /// After a step.
    ///
    /// @param candidate a call that may be new with it
    /// @throws Broken an invariant does not hold
    void check(Optional<CallKey> candidate) {
        List<ReservedCall> given = new ArrayList<>();
        boolean moved = false;
        for (Map.Entry<CallKey, Call> known : calls.entrySet()) {
            Call before = known.getValue();
            Call after = stored(known.getKey());
            if (!before.equals(after)) {
                moved = true;
                known.setValue(after);
                moved(before, after, given);
            }
        }
        moved |= candidate.map(key -> admitted(key, given)).orElse(false);
        if (moved) {
            slots.check(this, given);
        }
    }

    /// After a notice was settled.
    void told(NoticeId notice) {
        notices.told(notice);
    }

    /// Every call that there is.
    Stream<Call> calls() {
        return calls.values().stream();
    }

    /// Those of which it was known at their end that they had been dialed.
    Stream<CallKey> dialed() {
        return dialed.stream();
    }

    Stream<LiveCall> live() {
        return calls().filter(LiveCall.class::isInstance).map(LiveCall.class::cast);
    }

    Stream<QueuedCall> waiting() {
        return calls().filter(QueuedCall.class::isInstance).map(QueuedCall.class::cast);
    }

    Stream<EndedCall> ended() {
        return calls().filter(EndedCall.class::isInstance).map(EndedCall.class::cast);
    }

    private Call stored(CallKey key) {
        return stores.find(key)
                .orElseThrow(() -> new Broken(Invariant.KEPT, key, "the call is gone"));
    }

    private boolean admitted(CallKey key, List<ReservedCall> given) {
        Optional<Call> found = calls.containsKey(key) ? Optional.empty() : stores.find(key);
        found.ifPresent(
                call -> {
                    calls.put(key, call);
                    reserved(call, given);
                });
        return found.isPresent();
    }

    private void moved(Call before, Call after, List<ReservedCall> given) {
        CallKey key = before.key();
        if (!Moves.sameIds(before, after)) {
            throw new Broken(Invariant.SAME_IDS, key, before + " became " + after);
        }
        if (!Moves.forward(before, after)) {
            throw new Broken(Invariant.FORWARD, key, before + " became " + after);
        }
        boolean sameSlot = slot(before).equals(slot(after));
        if (!sameSlot) {
            reserved(after, given);
        }
        if (!(before instanceof ActiveCall) && after instanceof ActiveCall bound) {
            truth.bound(bound);
        }
        if (before instanceof LiveCall live && !sameSlot) {
            truth.over(live, after);
        }
        if (after instanceof EndedCall ended && !(before instanceof EndedCall)) {
            notices.ended(ended);
            if (ended.execution() != null) {
                dialed.add(key);
            }
        } else if (!(after instanceof EndedCall)) {
            notices.goesOn(after);
        }
    }

    private static Optional<LeaseToken> slot(Call call) {
        return call instanceof LiveCall live ? Optional.of(live.slot().lease()) : Optional.empty();
    }

    private static void reserved(Call call, List<ReservedCall> given) {
        if (call instanceof ReservedCall reserved) {
            given.add(reserved);
        } else if (call instanceof UnboundCall || call instanceof ActiveCall) {
            throw new Broken(Invariant.FORWARD, call.key(), "it skipped its reservation: " + call);
        }
    }
}
