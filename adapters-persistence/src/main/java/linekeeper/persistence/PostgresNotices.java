package linekeeper.persistence;

import linekeeper.application.port.Notices;
import linekeeper.domain.AccountId;
import linekeeper.domain.notice.Notice;
import linekeeper.domain.notice.NoticeId;
import linekeeper.domain.notice.Telling;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The notices: rows of `notices`, in months by their time.
final class PostgresNotices implements Notices {
    private final Database database;
    private final NoticeClaims claims;
    private final NoticeSettlements settlements;
    private final NoticeLists lists;

    PostgresNotices(Database database) {
        this.database = database;
        this.claims = new NoticeClaims(database);
        this.settlements = new NoticeSettlements(database);
        this.lists = new NoticeLists(database);
    }

    @Override
    public Taken take(Wanted wanted) {
        return claims.take(wanted);
    }

    @Override
    public boolean settle(Notice leased, Telling next, Instant now) {
        return settlements.settle(leased, next, now);
    }

    @Override
    public Optional<Notice> find(NoticeId id) {
        return find(id, "");
    }

    private Optional<Notice> find(NoticeId id, String lock) {
        Sql find =
                Sql.of(
                                """
                                SELECT * FROM notices
                                WHERE account_id = :account AND call_id = :call
                                  AND sequence = :sequence
                                """
                                        + lock)
                        .with("account", id.key().account().value())
                        .with("call", id.key().call().value())
                        .with("sequence", id.sequence());
        return database.queryOne(find, NoticeRows::notice);
    }

    @Override
    public List<Notice> list(AccountId account, NoticeFilter filter, NoticePage page) {
        return lists.list(account, filter, page);
    }

    @Override
    public Optional<Notice> replay(NoticeId id, Instant now) {
        return database.inTransaction(
                () -> {
                    Optional<Notice> found = find(id, " FOR UPDATE");
                    found.ifPresent(notice -> lists.resend(List.of(notice), now));
                    return found.isEmpty() ? found : find(id);
                });
    }

    @Override
    public Replayed replay(AccountId account, ReplayRange range, Instant now) {
        return database.inTransaction(
                () -> {
                    List<Notice> found = lists.oldestFirst(account, range);
                    List<Notice> some = found.subList(0, Math.min(found.size(), range.most()));
                    lists.resend(some, now);
                    Instant next = found.size() > some.size() ? found.getLast().createdAt() : null;
                    return new Replayed(some.size(), next);
                });
    }

    /// Account by account, so that each finds what has been due longest at the beginning of its stretch
    /// of the index.
    @Override
    public int giveUp(Instant cutoff, String why, int most) {
        Sql giveUp =
                Sql.of(
                                """
                                WITH unwanted AS MATERIALIZED (
                                    SELECT n.account_id, n.call_id, n.sequence, n.created_at
                                    FROM accounts a
                                    LEFT JOIN webhooks w ON w.account_id = a.account_id
                                                        AND w.disabled_at IS NULL
                                    CROSS JOIN LATERAL (
                                        SELECT * FROM notices n
                                        WHERE n.account_id = a.account_id
                                          AND n.status = 'pending' AND n.due_at <= :cutoff
                                          AND (w.events IS NULL OR n.type <> ALL (w.events))
                                        ORDER BY n.due_at LIMIT :most
                                        FOR UPDATE SKIP LOCKED) n
                                    LIMIT :most)
                                UPDATE notices n SET status = 'dead', answer = :why,
                                                     in_flight = false
                                FROM unwanted k WHERE %s
                                """
                                        .formatted(NoticeRows.IS_NAMED))
                        .with("cutoff", cutoff)
                        .with("why", why)
                        .with("most", most);
        return Math.toIntExact(database.update(giveUp));
    }
}
