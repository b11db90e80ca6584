package linekeeper.persistence;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// From where on calls wait in each lane of an account: what earlier looks found.
///
/// Calls that left the queue leave dead rows behind, for as long as any transaction of the database could
/// still see them. So a look begins in each lane with the call that was the first there at an earlier look,
/// and looks besides at what has entered since ([QueueSql]).
///
/// Calls enter without a gate, and one that is due earlier may enter later. But every row bears the
/// transaction that wrote it, and a look sees all rows of transactions before the oldest one that is under
/// way. So what it does not see bears that one or a later one.
///
/// It is learned once the transaction that looked is committed, for it may have taken calls out itself. It
/// holds for as long as the database is the same one; with the first new connection all of it is forgotten.
/// Thread-safe.
final class QueueMarks {
    private static final int ACCOUNTS = 10_000;

    /// Of an account that has more, none is remembered.
    private static final int LANES = 1_000;

    private final Map<String, Marks> accounts = new BoundedMap<>(ACCOUNTS);
    private final Database database;
    private long connections;

    QueueMarks(Database database) {
        this.database = database;
    }

    /// Binds the parameters of [QueueSql#STRETCHES].
    synchronized Sql bind(Sql sql, Collection<String> looked) {
        forgetAnotherDatabase();
        List<String> names = List.copyOf(looked);
        List<Begin> begins = new ArrayList<>();
        for (String name : names) {
            Marks marks = accounts.get(name);
            if (marks != null) {
                marks.first.forEach((lane, first) -> begins.add(new Begin(name, lane, first)));
            }
        }
        return sql.column("queue_accounts", names, name -> name)
                .column("entered_since", names, this::enteredSince)
                .column("lane_accounts", begins, Begin::account)
                .column("lane_providers", begins, begin -> begin.lane.provider)
                .column("lane_campaigns", begins, begin -> begin.lane.campaign)
                .column("lane_priorities", begins, begin -> begin.lane.priority)
                .column("lane_due", begins, begin -> begin.first.dueAt)
                .column("lane_tickets", begins, begin -> begin.first.ticket);
    }

    private @Nullable Object enteredSince(String account) {
        Marks marks = accounts.get(account);
        return marks == null ? null : marks.enteredSince;
    }

    /// What a look will see that is to begin now.
    synchronized Seen looking() {
        forgetAnotherDatabase();
        return new Seen(connections);
    }

    /// Of a transaction that is committed.
    synchronized void learn(Seen seen) {
        forgetAnotherDatabase();
        if (seen.connections == connections) {
            seen.accounts.forEach(this::learn);
        }
    }

    private void learn(String account, Marks found) {
        Marks known = accounts.get(account);
        if (found.first.size() > LANES) {
            accounts.remove(account);
        } else if (known == null || found.enteredSince >= known.enteredSince) {
            accounts.put(account, found);
        }
    }

    private void forgetAnotherDatabase() {
        if (connections != database.connections()) {
            connections = database.connections();
            accounts.clear();
        }
    }

    /// What a look saw. Not thread-safe.
    static final class Seen {
        private final long connections;
        private final Map<String, Marks> accounts = new LinkedHashMap<>();

        /// @param connections there were so many when it began
        private Seen(long connections) {
            this.connections = connections;
        }

        /// Takes `account_id`, `entered_before` and, if the row tells of a lane where calls wait, `provider`,
        /// `campaign_id`, `priority`, `first_due` and `first_ticket`. All lanes of an account must be told.
        void add(Row row) {
            Marks marks =
                    accounts.computeIfAbsent(
                            row.text("account_id"),
                            account ->
                                    new Marks(row.number("entered_before"), new LinkedHashMap<>()));
            Instant due = row.instantOrNull("first_due");
            if (due != null) {
                Lane lane =
                        new Lane(
                                row.text("provider"),
                                row.text("campaign_id"),
                                row.integer("priority"));
                marks.first.put(lane, new First(due, row.number("first_ticket")));
            }
        }
    }

    /// @param enteredSince what a look did not see was written by this transaction or a later one
    /// @param first no call of the lane goes before this one
    private record Marks(long enteredSince, Map<Lane, First> first) {}

    private record Lane(String provider, String campaign, int priority) {}

    private record First(Instant dueAt, long ticket) {}

    private record Begin(String account, Lane lane, First first) {}
}
