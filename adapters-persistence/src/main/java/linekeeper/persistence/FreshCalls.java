package linekeeper.persistence;

import linekeeper.application.port.ClaimTerms;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallKey;
import linekeeper.domain.LeaseToken;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.AcceptedCall;
import linekeeper.domain.call.CallType;
import linekeeper.domain.call.Line;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.queue.Places;
import linekeeper.domain.queue.Places.Due;
import linekeeper.domain.queue.QueueOrder.Rank;
import linekeeper.persistence.LiveCalls.Known;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Calls that were recorded a moment ago in the same commit, on their way into a slot or into the queue.
///
/// A direct call of an account for which nobody waits goes straight into a free slot: it need not be put
/// into the queue to be taken out again. Every other call goes into the queue, and whoever is next there
/// is claimed for ([Claims]). The gate must be held to give out slots, and [#enqueue] keeps claims out
/// until its calls are committed: who waits does not change between a claim's look and its choice.
final class FreshCalls {
    /// Accepted and reserved.
    private static final long LAST_EVENT = 2;

    private final Database database;
    private final Limits limits;
    private final Map<CallKey, Fresh> fresh = new LinkedHashMap<>();

    FreshCalls(Database database, Limits limits, List<Fresh> fresh) {
        this.database = database;
        this.limits = limits;
        fresh.forEach(one -> this.fresh.put(one.accepted.key(), one));
    }

    /// A new call.
    ///
    /// @param hopeful a slot of its account seemed to be free a moment ago
    record Fresh(AcceptedCall accepted, boolean hopeful) {
        AccountId account() {
            return accepted.key().account();
        }
    }

    /// Of the accounts, those of which a slot seems to be free.
    Set<String> hopeful(Set<String> accounts) {
        return fresh.values().stream()
                .filter(Fresh::hopeful)
                .map(one -> one.account().value())
                .filter(accounts::contains)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Those that get slots at once.
    ///
    /// @param room of the accounts for which slots may be given out
    List<Known> reserve(Room room, ClaimTerms terms) {
        // Where the system is nearly full, those who wait in other accounts may be before them.
        if (room.systemFree() < fresh.size()) {
            return List.of();
        }
        Instant now = terms.clock().instant();
        List<Due> due = new ArrayList<>();
        Places places = new Places(terms.most());
        Set<AccountId> mixed = mixed(room, terms, now);
        for (Fresh one : fresh.values()) {
            if (!mixed.contains(one.account()) && goesStraight(one, room, terms, now)) {
                places.account(one.account(), room.free(one.account()));
                due.add(due(one.accepted, due.size()));
            }
        }
        return take(places.give(due), now);
    }

    /// Where a direct call must be claimed for, the others may have to wait for it.
    private Set<AccountId> mixed(Room room, ClaimTerms terms, Instant now) {
        Set<AccountId> mixed = new HashSet<>();
        for (Fresh one : fresh.values()) {
            if (isDirectAndDue(one, now) && !goesStraight(one, room, terms, now)) {
                mixed.add(one.account());
            }
        }
        return mixed;
    }

    private static boolean isDirectAndDue(Fresh one, Instant now) {
        AcceptedCall call = one.accepted;
        return call.request().grouping().campaign() == null
                && !call.dueAt().isAfter(now)
                && !call.request().timing().expired(now);
    }

    private boolean goesStraight(Fresh one, Room room, ClaimTerms terms, Instant now) {
        AcceptedCall call = one.accepted;
        return isDirectAndDue(one, now)
                && room.isForNobodyElse(one.account())
                && !limits.providers().containsKey(call.provider())
                && !limits.rates().containsKey(call.provider())
                && !terms.room().most().containsKey(call.provider());
    }

    private static Due due(AcceptedCall call, int place) {
        Rank rank = new Rank(CallType.DIRECT, call.request().priority(), call.dueAt(), place);
        return new Due(call.key(), call.provider(), null, rank);
    }

    private List<Known> take(List<Due> chosen, Instant now) {
        if (chosen.isEmpty()) {
            return List.of();
        }
        List<AcceptedCall> calls = chosen.stream().map(one -> accepted(one.key())).toList();
        List<Known> taken =
                database.query(
                        FreshSql.take(calls, limits, now),
                        row -> {
                            AcceptedCall call = accepted(CallRows.key(row));
                            return new Known(reserved(call, row, now), LAST_EVENT, 0);
                        });
        if (taken.size() != chosen.size()) {
            throw new IllegalStateException("a new call has a slot already: indicates a bug");
        }
        return taken;
    }

    private static ReservedCall reserved(AcceptedCall call, Row row, Instant now) {
        String from = row.textOrNull("line_from");
        Line line =
                new Line(
                        row.textOrNull("line_agent"),
                        from == null ? null : new PhoneNumber(from),
                        row.textOrNull("line_phone_number_id"));
        return call.enqueue().reserve(new LeaseToken(row.number("lease")), line, null, now);
    }

    /// Puts the others into the queue, in the order in which they came.
    void enqueue(Set<CallKey> reserved) {
        List<AcceptedCall> rest = others(reserved);
        if (!rest.isEmpty()) {
            database.update(FreshSql.enqueue(rest));
        }
    }

    /// The accounts of the calls that wait now.
    Set<String> accounts(Set<CallKey> reserved) {
        return others(reserved).stream()
                .map(call -> call.key().account().value())
                .collect(Collectors.toSet());
    }

    /// The calls that wait now.
    List<AcceptedCall> others(Set<CallKey> reserved) {
        return fresh.values().stream()
                .map(Fresh::accepted)
                .filter(call -> !reserved.contains(call.key()))
                .toList();
    }

    AcceptedCall accepted(CallKey key) {
        return Objects.requireNonNull(fresh.get(key)).accepted;
    }

    int size() {
        return fresh.size();
    }

    boolean contains(CallKey key) {
        return fresh.containsKey(key);
    }
}
