package linekeeper.persistence;

import linekeeper.domain.AccountId;
import linekeeper.domain.CallKey;
import linekeeper.domain.call.AcceptedCall;
import linekeeper.domain.call.CallType;
import linekeeper.domain.queue.QueueOrder.Rank;
import linekeeper.domain.queue.QueuePlace;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How many calls wait in each account, rank by rank, which is enough to tell a call that enters the
/// queue its place.
///
/// A short queue is counted each time. The length of a long one is remembered for a second, in which
/// what enters here is added and nothing else is seen: counting hundreds of rows for each of hundreds of
/// calls a second would take longer than accepting them. Thread-safe.
final class QueueLengths {
    private static final int LONG = 200;
    private static final Duration REMEMBERED = Duration.ofSeconds(1);
    private static final int MOST_ACCOUNTS = 10_000;

    /// Of an account of which nothing is known everything is counted.
    private static final String COUNT =
            "WITH "
                    + QueueSql.STRETCHES
                    + """
                    SELECT s.account_id, s.provider, s.campaign_id, s.priority, q.waiting, q.due,
                           q.first_due, q.first_ticket, entered_before
                    FROM stretch s
                    CROSS JOIN seen
                    CROSS JOIN LATERAL (
                        SELECT count(*) AS waiting, count(*) FILTER (WHERE q.due_at <= :now) AS due,
                               min(q.due_at) AS first_due, CAST(0 AS bigint) AS first_ticket
                        FROM call_queue q
                        WHERE q.account_id = s.account_id AND q.provider = s.provider
                          AND q.campaign_id = s.campaign_id AND q.priority = s.priority
                          AND (q.due_at, q.ticket) >= (s.due_at, s.ticket)) q
                    UNION ALL
                    SELECT a.account_id, q.provider, q.campaign_id, q.priority, q.waiting, q.due,
                           q.first_due, q.first_ticket, entered_before
                    FROM unknown a
                    CROSS JOIN seen
                    CROSS JOIN LATERAL (
                        SELECT q.provider, q.campaign_id, q.priority, count(*) AS waiting,
                               count(*) FILTER (WHERE q.due_at <= :now) AS due,
                               min(q.due_at) AS first_due, CAST(0 AS bigint) AS first_ticket
                        FROM call_queue q
                        WHERE q.account_id = a.account_id
                        GROUP BY q.provider, q.campaign_id, q.priority) q
                    """;

    private final Database database;
    private final QueueMarks queue;
    private final Map<AccountId, Length> known = new BoundedMap<>(MOST_ACCOUNTS);

    QueueLengths(Database database, QueueMarks queue) {
        this.database = database;
        this.queue = queue;
    }

    /// What the queues look like with these calls, which have just entered it in this order, by the
    /// caller's transaction.
    Entered enter(List<AcceptedCall> calls, Instant now) {
        Map<AccountId, List<AcceptedCall>> byAccount =
                calls.stream().collect(Collectors.groupingBy(call -> call.key().account()));
        Map<AccountId, Length> lengths = new HashMap<>();
        List<AccountId> unknown = new ArrayList<>();
        byAccount.forEach(
                (account, own) -> {
                    Length length = recall(account, now);
                    if (length == null) {
                        unknown.add(account);
                    } else {
                        lengths.put(account, length.plus(own, now));
                    }
                });
        QueueMarks.Seen seen = queue.looking();
        lengths.putAll(count(unknown, now, seen));
        Map<CallKey, QueuePlace> places = new HashMap<>();
        byAccount.forEach(
                (account, own) ->
                        place(own, Objects.requireNonNull(lengths.get(account)), now, places));
        return new Entered(places, lengths, seen);
    }

    /// After the commit.
    synchronized void learn(Entered entered) {
        if (entered.seen != null) {
            queue.learn(entered.seen);
        }
        entered.lengths.forEach(
                (account, length) -> {
                    if (length.total > LONG) {
                        known.put(account, length);
                    } else {
                        known.remove(account);
                    }
                });
    }

    private synchronized @Nullable Length recall(AccountId account, Instant now) {
        Length length = known.get(account);
        return length == null || length.isOld(now) ? null : length;
    }

    private Map<AccountId, Length> count(
            List<AccountId> accounts, Instant now, QueueMarks.Seen seen) {
        Map<AccountId, Length> counted = new HashMap<>();
        if (!accounts.isEmpty()) {
            accounts.forEach(account -> counted.put(account, Length.none(now)));
            database.query(
                    queue.bind(Sql.of(COUNT), accounts.stream().map(AccountId::value).toList())
                            .with("now", now),
                    row -> {
                        seen.add(row);
                        return counted.computeIfPresent(
                                new AccountId(row.text("account_id")),
                                (account, length) -> length.plus(row));
                    });
        }
        return counted;
    }

    /// Those behind a call in its own rank are the later ones of the same batch.
    private static void place(
            List<AcceptedCall> calls, Length length, Instant now, Map<CallKey, QueuePlace> places) {
        Map<Rank, Integer> behind = new HashMap<>();
        for (AcceptedCall call : calls.reversed()) {
            if (!call.dueAt().isAfter(now)) {
                Rank rank = rank(call);
                int later = behind.merge(rank, 1, Integer::sum) - 1;
                int position = length.dueUpTo(rank) - later;
                places.put(call.key(), new QueuePlace(position, length.total));
            }
        }
    }

    private static Rank rank(AcceptedCall call) {
        return rank(call.request().type(), call.request().priority());
    }

    /// What is due is ranked by these two alone, as far as its number matters.
    private static Rank rank(CallType type, int priority) {
        return new Rank(type, priority, Instant.EPOCH, 0);
    }

    /// @param places of those that are due; a call that is due later is not ranked by what is due now
    /// @param lengths what is known once this is committed
    /// @param seen what was seen of the queues that were counted; null: none was
    record Entered(
            Map<CallKey, QueuePlace> places,
            Map<AccountId, Length> lengths,
            QueueMarks.@Nullable Seen seen) {
        static final Entered NONE = new Entered(Map.of(), Map.of(), null);
    }

    /// @param due calls that are due, by rank
    /// @param total calls that wait, due or not
    record Length(Instant countedAt, NavigableMap<Rank, Integer> due, int total) {
        static Length none(Instant now) {
            return new Length(now, new TreeMap<>(), 0);
        }

        /// Also if the clock was put back: else it would be remembered until the clock has caught up.
        boolean isOld(Instant now) {
            return now.isBefore(countedAt) || now.isAfter(countedAt.plus(REMEMBERED));
        }

        Length plus(Row row) {
            CallType type = row.text("campaign_id").isEmpty() ? CallType.DIRECT : CallType.CAMPAIGN;
            NavigableMap<Rank, Integer> more = new TreeMap<>(due);
            more.merge(rank(type, row.integer("priority")), row.integer("due"), Integer::sum);
            return new Length(countedAt, more, total + row.integer("waiting"));
        }

        Length plus(List<AcceptedCall> entering, Instant now) {
            NavigableMap<Rank, Integer> more = new TreeMap<>(due);
            entering.stream()
                    .filter(call -> !call.dueAt().isAfter(now))
                    .forEach(call -> more.merge(rank(call), 1, Integer::sum));
            return new Length(countedAt, more, total + entering.size());
        }

        int dueUpTo(Rank rank) {
            return due.headMap(rank, true).values().stream().mapToInt(Integer::intValue).sum();
        }
    }
}
