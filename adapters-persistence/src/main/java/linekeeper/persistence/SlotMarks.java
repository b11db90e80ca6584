package linekeeper.persistence;

import linekeeper.domain.call.Call;
import linekeeper.domain.call.LiveCall;
import linekeeper.persistence.LiveCalls.Known;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// From which lease on slots are in use, of each account and in all: what earlier counts found.
///
/// Slots that were given back leave dead rows behind, for as long as any transaction of the database could
/// still see them. Leases are drawn one after the other, so a count that begins at the oldest slot in use
/// does not meet what is older. And since every slot has a lease of its own, there are at most as many
/// as there were at an earlier count and have been drawn since: mostly nobody has to count all slots to
/// see that the system's limit is far.
///
/// Two things make it true. It is found behind the gate ([ClaimGate]), where one transaction at a time draws
/// leases, so that all slots with lesser leases are seen. And it is learned once that transaction is committed,
/// and only of leases of committed slots: a database that crashes may draw others again. It holds for as long
/// as the database is the same one; with the first new connection all of it is forgotten, for a standby or a
/// backup may be behind. Thread-safe.
final class SlotMarks {
    private static final int ACCOUNTS = 10_000;

    private final Map<String, Long> accounts = new BoundedMap<>(ACCOUNTS);
    private final Database database;
    private Whole whole = Whole.UNKNOWN;
    private long newest;
    private long connections;

    SlotMarks(Database database) {
        this.database = database;
    }

    /// Binds the parameters of [SlotCounts#USED].
    synchronized Sql bind(Sql sql, Collection<String> counted) {
        forgetAnotherDatabase();
        List<String> names = List.copyOf(counted);
        return sql.column("counted_accounts", names, name -> name)
                .column("slots_since", names, name -> accounts.getOrDefault(name, 0L));
    }

    /// Binds the parameters of [SlotCounts#WHOLE].
    synchronized Sql bindWhole(Sql sql) {
        return bindOldest(sql).with("slots_then", whole.slots).with("newest_then", whole.newest);
    }

    /// Binds `oldest_slot`: no slot in use has a lesser lease.
    synchronized Sql bindOldest(Sql sql) {
        forgetAnotherDatabase();
        return sql.with("oldest_slot", whole.oldest);
    }

    /// What a count will find, which is to begin now, behind the gate.
    synchronized Found counting() {
        forgetAnotherDatabase();
        return new Found(connections, newest);
    }

    /// Of a transaction that is committed.
    ///
    /// @param found by its counts
    /// @param given the calls that it gave slots to
    synchronized void learn(List<Found> found, List<Known> given) {
        forgetAnotherDatabase();
        if (found.stream().allMatch(one -> one.connections == connections)) {
            found.forEach(this::learn);
            given.forEach(one -> learn(one.call()));
        }
    }

    private void learn(Found found) {
        newest = Math.max(newest, found.newest());
        found.accounts.forEach((account, oldest) -> accounts.merge(account, oldest, Math::max));
        Whole counted = found.whole;
        if (counted != null && counted.newest >= whole.newest) {
            whole =
                    new Whole(
                            counted.slots, counted.newest, Math.max(whole.oldest, counted.oldest));
        }
    }

    private void learn(Call given) {
        if (given instanceof LiveCall live) {
            newest = Math.max(newest, live.slot().lease().value());
        }
    }

    private void forgetAnotherDatabase() {
        if (connections != database.connections()) {
            connections = database.connections();
            accounts.clear();
            whole = Whole.UNKNOWN;
            newest = 0;
        }
    }

    /// What a count found. Not thread-safe.
    static final class Found {
        private final long connections;
        private final long known;
        private final Map<String, Long> accounts = new LinkedHashMap<>();
        private @Nullable Whole whole;

        /// @param connections there were so many when it began
        /// @param known a lease that was drawn before the count; where no slot is in use, the next has a
        ///     later one
        private Found(long connections, long known) {
            this.connections = connections;
            this.known = known;
        }

        /// Takes the columns `account_id` and `account_oldest` of a row, and what [SlotCounts#SYSTEM] counted.
        void add(Row row) {
            accounts.put(row.text("account_id"), orKnown(row.numberOrNull("account_oldest")));
            if (row.numberOrNull("whole_slots") != null) {
                addWhole(row);
            }
        }

        /// Takes what was counted of all slots, and returns how many they are.
        long addWhole(Row row) {
            long newest = Math.max(known, orKnown(row.numberOrNull("whole_newest")));
            long oldest = orKnown(row.numberOrNull("whole_oldest"));
            whole = new Whole(row.number("whole_slots"), newest, oldest);
            return whole.slots;
        }

        private long orKnown(@Nullable Long lease) {
            return lease == null ? known : lease;
        }

        private long newest() {
            return whole == null ? known : whole.newest;
        }
    }

    /// @param slots in use at a count
    /// @param newest no slot that came later has a lesser lease, or this one
    /// @param oldest no slot that is in use has a lesser lease
    private record Whole(long slots, long newest, long oldest) {
        /// More than any limit, so that the first who asks counts.
        static final Whole UNKNOWN = new Whole(1L << 40, 0, 0);
    }
}
