package linekeeper.persistence;

import linekeeper.domain.notice.Notice;
import linekeeper.domain.notice.NoticeId;
import linekeeper.domain.notice.Telling;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Stores what came of deliveries, many in one commit.
final class NoticeSettlements {
    private static final int MOST_PER_BATCH = 200;
    private static final int MOST_WAITING = 10_000;

    /// The order of the two updates does not matter: one is about notices in flight, the other about
    /// those that are not.
    private static final String SETTLE =
            """
            WITH k AS MATERIALIZED (
                SELECT * FROM unnest(
                    CAST(:accounts AS text[]), CAST(:calls AS text[]), CAST(:sequences AS int[]),
                    CAST(:created AS timestamptz[]), CAST(:deliveries AS int[]),
                    CAST(:statuses AS text[]), CAST(:failures AS int[]),
                    CAST(:due AS timestamptz[]), CAST(:answers AS text[]),
                    CAST(:delivered AS timestamptz[]), CAST(:nows AS timestamptz[]))
                AS k (account_id, call_id, sequence, created_at, deliveries, status, failures,
                      due_at, answer, delivered_at, now)
            ), settled AS (
                UPDATE notices n SET
                    status = k.status, failures = k.failures, due_at = k.due_at,
                    answer = k.answer, delivered_at = k.delivered_at, in_flight = false
                FROM k WHERE %s AND n.in_flight AND n.deliveries = k.deliveries
                RETURNING n.account_id, n.call_id, n.sequence, n.deliveries
            ), behind AS (
                UPDATE notices n SET due_at = LEAST(n.due_at, k.now)
                FROM k
                WHERE n.account_id = k.account_id AND n.call_id = k.call_id
                  AND n.sequence > k.sequence AND k.status <> 'pending'
                  AND n.status = 'pending' AND n.failures = 0 AND NOT n.in_flight
            )
            SELECT * FROM settled
            """
                    .formatted(NoticeRows.IS_NAMED);

    private final Database database;
    private final Coalescer<Settlement, Boolean> coalescer =
            new Coalescer<>(this::write, MOST_PER_BATCH, MOST_WAITING);

    NoticeSettlements(Database database) {
        this.database = database;
    }

    boolean settle(Notice leased, Telling next, Instant now) {
        return coalescer.write(new Settlement(leased, next, now));
    }

    private List<Boolean> write(List<Settlement> batch) {
        List<Notice> notices = batch.stream().map(Settlement::leased).toList();
        Sql sql =
                NoticeRows.bind(Sql.of(SETTLE), notices)
                        .column("deliveries", notices, one -> one.telling().deliveries())
                        .column("statuses", batch, one -> one.next.status().wireName())
                        .column("failures", batch, one -> one.next.failures())
                        .column("due", batch, one -> one.next.dueAt())
                        .column("answers", batch, one -> one.next.answer())
                        .column("delivered", batch, one -> one.next.deliveredAt())
                        .column("nows", batch, Settlement::now);
        Set<Leased> settled =
                new HashSet<>(
                        database.query(
                                sql,
                                row -> new Leased(NoticeRows.id(row), row.integer("deliveries"))));
        return batch.stream().map(one -> settled.contains(Leased.of(one.leased))).toList();
    }

    /// A notice may be in a batch twice: its lease ran out, and two have sent it.
    private record Leased(NoticeId id, int deliveries) {
        static Leased of(Notice notice) {
            return new Leased(notice.id(), notice.telling().deliveries());
        }
    }

    private record Settlement(Notice leased, Telling next, Instant now) {}
}
