package linekeeper.persistence;

import linekeeper.domain.AccountId;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.ReservedCall;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// How many slots are free, of some accounts and in all. It holds as long as the gate is held, behind
/// which it was looked at.
///
/// @param systemFree of the slots that all accounts share, at least
/// @param found what the count found
record Room(Map<AccountId, OfAccount> accounts, long systemFree, SlotMarks.Found found) {
    /// Besides the parameters of its parts: `wanted`, how many slots of all accounts together.
    static final String LOOK =
            "WITH "
                    + SlotCounts.USED
                    + ", "
                    + SlotCounts.WHOLE
                    + ", "
                    + QueueSql.FIRST
                    + ", "
                    + SlotCounts.SYSTEM.formatted("CAST(:wanted AS int)")
                    + """
                    SELECT a.account_id,
                           COALESCE(a.concurrency_limit, CAST(:account_limit AS int)) - u.slots AS free,
                           a.account_id IN (SELECT f.account_id FROM first f) AS waited,
                           u.oldest AS account_oldest, s.used AS system_used,
                           whole_slots, whole_oldest, whole_newest
                    FROM used u
                    JOIN accounts a ON a.account_id = u.account_id
                    CROSS JOIN system s
                    """;

    Room {
        accounts = Map.copyOf(accounts);
    }

    /// @param free slots that the account may have besides those it has
    /// @param waited somebody is in its queue
    record OfAccount(int free, boolean waited) {}

    /// A statement of its own, after the one that passed the gate.
    ///
    /// @param look whose parameters are those of [#LOOK]
    /// @param counted told what is found
    static Room look(Database database, Sql look, Limits limits, SlotMarks.Found counted) {
        Map<AccountId, OfAccount> found = new HashMap<>();
        List<Long> systemFree =
                database.query(
                        look,
                        row -> {
                            counted.add(row);
                            found.put(
                                    new AccountId(row.text("account_id")),
                                    new OfAccount(row.integer("free"), row.flag("waited")));
                            return limits.system() - row.number("system_used");
                        });
        return new Room(found, systemFree.isEmpty() ? 0 : systemFree.getFirst(), counted);
    }

    int free(AccountId account) {
        OfAccount room = accounts.get(account);
        return room == null ? 0 : room.free;
    }

    /// Whether a slot is free and nobody waits for it.
    boolean isForNobodyElse(AccountId account) {
        OfAccount room = accounts.get(account);
        return room != null && room.free > 0 && !room.waited;
    }

    /// The accounts that have slots left once these calls have theirs.
    Set<String> left(List<ReservedCall> reserved) {
        Map<AccountId, Integer> taken = new HashMap<>();
        reserved.forEach(call -> taken.merge(call.key().account(), 1, Integer::sum));
        Set<String> left = new TreeSet<>();
        accounts.forEach(
                (account, room) -> {
                    if (room.free > taken.getOrDefault(account, 0)) {
                        left.add(account.value());
                    }
                });
        return left;
    }
}
