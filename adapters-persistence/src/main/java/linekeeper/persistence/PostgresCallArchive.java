package linekeeper.persistence;

import linekeeper.application.port.CallArchive;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Moves old calls into the archive: what may go is looked for without any lock, and moved under those
/// of [ArchiveSql].
final class PostgresCallArchive implements CallArchive {
    private static final Instant BEFORE_ALL = Instant.parse("-1000-01-01T00:00:00Z");

    private static final String OLD =
            CallSelects.RECORDS_WITH_ENDS + "WHERE c.created_at < :before AND e.ended_at < :before";

    /// A subquery, not a join: it stops at the first of an account's calls that is old enough.
    private static final String NEXT_ACCOUNT =
            """
            SELECT a.account_id FROM accounts a
            WHERE a.account_id > :after
              AND (SELECT true %s AND c.account_id = a.account_id LIMIT 1)
            ORDER BY a.account_id LIMIT 1
            """
                    .formatted(OLD);

    /// The order is that of the index on acceptance, read backwards.
    private static final String LOOK =
            """
            WITH old AS MATERIALIZED (
                SELECT c.account_id, c.call_id, c.created_at
                %s
                  AND c.account_id = :account AND c.created_at >= :after_created
                  AND (c.created_at > :after_created OR c.call_id < :after_call)
                ORDER BY c.created_at, c.call_id DESC LIMIT CAST(:most AS int)
            )
            SELECT o.*,
                   EXISTS (SELECT FROM notices n
                           WHERE n.account_id = o.account_id AND n.call_id = o.call_id
                             AND n.status = 'pending')
                   OR EXISTS (SELECT FROM jobs j
                              WHERE j.account_id = o.account_id AND j.call_id = o.call_id
                                AND j.status = 'pending') AS pending
            FROM old o ORDER BY o.created_at, o.call_id DESC
            """
                    .formatted(OLD);

    private final Database database;
    private final ArchiveMonths months;

    PostgresCallArchive(Database database, ArchiveMonths months) {
        this.database = database;
        this.months = months;
    }

    @Override
    public Step step(@Nullable Place after, Instant before, int most) {
        if (after != null) {
            List<Old> rest = look(after, before, most);
            if (!rest.isEmpty()) {
                return archive(rest, before);
            }
        }
        return nextAccount(after == null ? "" : after.account().value(), before)
                .map(account -> archive(look(beginning(account), before, most), before))
                .orElseGet(() -> new Step(0, null));
    }

    private Optional<AccountId> nextAccount(String after, Instant before) {
        Sql next = Sql.of(NEXT_ACCOUNT).with("after", after).with("before", before);
        return database.queryOne(next, row -> new AccountId(row.text("account_id")));
    }

    private static Place beginning(AccountId account) {
        return new Place(account, BEFORE_ALL, new CallId("any"));
    }

    private List<Old> look(Place after, Instant before, int most) {
        Sql look =
                Sql.of(LOOK)
                        .with("account", after.account().value())
                        .with("before", before)
                        .with("after_created", after.createdAt())
                        .with("after_call", after.call().value())
                        .with("most", most);
        return database.query(
                look,
                row -> new Old(CallRows.key(row), row.instant("created_at"), row.flag("pending")));
    }

    private Step archive(List<Old> looked, Instant before) {
        List<Old> free = looked.stream().filter(one -> !one.pending).toList();
        int archived = 0;
        if (!free.isEmpty()) {
            months.make(free.stream().map(Old::createdAt).toList());
            List<CallKey> keys = free.stream().map(Old::key).toList();
            archived = database.inTransaction(() -> ArchiveSql.move(database, keys, before));
        }
        // Another node may have taken what was left of the account in between.
        return new Step(archived, looked.isEmpty() ? null : looked.getLast().place());
    }

    private record Old(CallKey key, Instant createdAt, boolean pending) {
        Place place() {
            return new Place(key.account(), createdAt, key.call());
        }
    }
}
