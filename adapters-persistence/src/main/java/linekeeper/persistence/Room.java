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
/// @param systemFree of the slots that all accounts share
record Room(Map<AccountId, OfAccount> accounts, long systemFree) {
    private static final String LOOK =
            """
            WITH used AS MATERIALIZED (
                SELECT account_id, count(*) AS slots FROM active_calls
                WHERE account_id IN (SELECT unnest(CAST(:accounts AS text[])))
                GROUP BY account_id
            )
            SELECT a.account_id,
                   COALESCE(a.concurrency_limit, CAST(:account_limit AS int))
                       - COALESCE(u.slots, 0) AS free,
                   EXISTS (SELECT FROM call_queue q WHERE q.account_id = a.account_id) AS waited,
                   CAST(:system_limit AS int) - (SELECT count(*) FROM active_calls) AS system_free
            FROM accounts a
            LEFT JOIN used u ON u.account_id = a.account_id
            WHERE a.account_id = ANY (CAST(:accounts AS text[]))
            """;

    Room {
        accounts = Map.copyOf(accounts);
    }

    /// @param free slots that the account may have besides those it has
    /// @param waited somebody is in its queue
    record OfAccount(int free, boolean waited) {}

    /// A statement of its own, after the one that passed the gate.
    static Room look(Database database, Set<String> accounts, Limits limits) {
        Sql look =
                Sql.of(LOOK)
                        .column("accounts", List.copyOf(accounts), account -> account)
                        .with("account_limit", limits.account())
                        .with("system_limit", limits.system());
        Map<AccountId, OfAccount> found = new HashMap<>();
        List<Long> systemFree =
                database.query(
                        look,
                        row -> {
                            found.put(
                                    new AccountId(row.text("account_id")),
                                    new OfAccount(row.integer("free"), row.flag("waited")));
                            return row.number("system_free");
                        });
        return new Room(found, systemFree.isEmpty() ? 0 : systemFree.getFirst());
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
