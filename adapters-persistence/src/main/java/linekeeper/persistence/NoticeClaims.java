package linekeeper.persistence;

import linekeeper.application.port.Notices.Taken;
import linekeeper.application.port.Notices.Wanted;
import linekeeper.application.port.Slots.Accounts;
import linekeeper.application.port.Slots.EveryAccount;
import linekeeper.domain.AccountId;
import linekeeper.domain.notice.Notice;
import linekeeper.domain.notice.NoticeId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Takes due notices, in three statements of one transaction: lock those that are due, look which of
/// them wait behind another of their call, lease the others.
///
/// Looking comes after locking, so that it sees what was settled meanwhile: whoever settles the notice
/// in front either is seen here, or waits for our lock and then makes the one behind due itself. One that
/// waits is put off until the one in front is due, so that it is not in the way again before.
final class NoticeClaims {
    /// Accounts looked at in one round; those with the most places free first.
    private static final int MOST_ACCOUNTS = 64;

    /// Twice the places, for a notice and the one that waits behind it.
    private static final int LOOKED_PER_PLACE = 2;

    private static final String LOCK =
            """
            WITH wanted AS MATERIALIZED (
                SELECT w.account_id, w.events, COALESCE(b.room, :room) AS room, first.due_at
                FROM webhooks w
                LEFT JOIN unnest(CAST(:busy AS text[]), CAST(:rooms AS int[]))
                     AS b (account_id, room) ON b.account_id = w.account_id
                CROSS JOIN LATERAL (
                    SELECT n.due_at FROM notices n
                    WHERE n.account_id = w.account_id AND n.status = 'pending'
                      AND n.due_at <= :now AND n.type = ANY (w.events)
                    ORDER BY n.due_at LIMIT 1) first
                WHERE w.disabled_at IS NULL AND COALESCE(b.room, :room) > 0
                  AND (CAST(:everyone AS boolean)
                       OR w.account_id = ANY (CAST(:scope AS text[])))
                ORDER BY room DESC, first.due_at LIMIT :most_accounts
            )
            SELECT n.*, w.room FROM wanted w
            CROSS JOIN LATERAL (
                SELECT * FROM notices n
                WHERE n.account_id = w.account_id AND n.status = 'pending'
                  AND n.due_at <= :now AND n.type = ANY (w.events)
                ORDER BY n.due_at, n.sequence LIMIT w.room * :looked
                FOR UPDATE SKIP LOCKED) n
            ORDER BY n.due_at, n.sequence
            """;

    private static final String LOOK =
            """
            SELECT k.account_id, k.call_id, k.sequence, ahead.due_at
            FROM %s
            JOIN webhooks w ON w.account_id = k.account_id
            LEFT JOIN LATERAL (
                SELECT n.due_at FROM notices n
                WHERE n.account_id = k.account_id AND n.call_id = k.call_id
                  AND n.sequence < k.sequence AND n.status = 'pending' AND n.type = ANY (w.events)
                ORDER BY n.sequence LIMIT 1) ahead ON true
            """
                    .formatted(NoticeRows.NAMED);

    private static final String LEASE =
            """
            UPDATE notices n SET due_at = :lease, in_flight = true, deliveries = n.deliveries + 1
            FROM %s WHERE %s
            """
                    .formatted(NoticeRows.NAMED, NoticeRows.IS_NAMED);

    private static final String PUT_OFF =
            """
            UPDATE notices n SET due_at = k.due_at
            FROM unnest(CAST(:accounts AS text[]), CAST(:calls AS text[]),
                        CAST(:sequences AS int[]), CAST(:created AS timestamptz[]),
                        CAST(:due AS timestamptz[]))
                 AS k (account_id, call_id, sequence, created_at, due_at)
            WHERE %s
            """
                    .formatted(NoticeRows.IS_NAMED);

    private final Database database;

    NoticeClaims(Database database) {
        this.database = database;
    }

    Taken take(Wanted wanted) {
        return database.inTransaction(
                () -> {
                    List<Locked> locked = lock(wanted);
                    return locked.isEmpty()
                            ? new Taken(List.of(), false)
                            : new NoticeTurns(locked, ahead(locked), wanted).taken(this::write);
                });
    }

    private List<Locked> lock(Wanted wanted) {
        List<Map.Entry<AccountId, Integer>> busy = List.copyOf(wanted.rooms().entrySet());
        Sql lock =
                Sql.of(LOCK)
                        .with("room", wanted.room())
                        .column("busy", busy, Map.Entry::getKey)
                        .column("rooms", busy, Map.Entry::getValue)
                        .with("now", wanted.now())
                        .with("everyone", wanted.scope() instanceof EveryAccount)
                        .column("scope", scope(wanted), AccountId::value)
                        .with("most_accounts", MOST_ACCOUNTS)
                        .with("looked", LOOKED_PER_PLACE);
        return database.query(lock, row -> new Locked(NoticeRows.notice(row), row.integer("room")));
    }

    private static List<AccountId> scope(Wanted wanted) {
        return switch (wanted.scope()) {
            case EveryAccount() -> List.of();
            case Accounts(var ids) -> List.copyOf(ids);
        };
    }

    /// When the earliest notice in front of each is due; those with none in front are left out.
    private Map<NoticeId, Instant> ahead(List<Locked> locked) {
        Map<NoticeId, Instant> ahead = new HashMap<>();
        Sql look = NoticeRows.bind(Sql.of(LOOK), locked.stream().map(Locked::notice).toList());
        database.query(
                look,
                row -> {
                    @Nullable Instant due = row.instantOrNull("due_at");
                    return due != null && ahead.put(NoticeRows.id(row), due) == null;
                });
        return ahead;
    }

    private void write(List<Notice> leased, List<Notice> putOff, Instant lease) {
        if (!leased.isEmpty()) {
            database.update(NoticeRows.bind(Sql.of(LEASE), leased).with("lease", lease));
        }
        if (!putOff.isEmpty()) {
            database.update(
                    NoticeRows.bind(Sql.of(PUT_OFF), putOff)
                            .column("due", putOff, one -> one.telling().dueAt()));
        }
    }

    /// @param room how many of its account may be taken
    record Locked(Notice notice, int room) {}
}
