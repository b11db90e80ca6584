package linekeeper.persistence;

import linekeeper.application.port.Notices.NoticeFilter;
import linekeeper.application.port.Notices.NoticePage;
import linekeeper.application.port.Notices.Place;
import linekeeper.application.port.Notices.ReplayRange;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallKey;
import linekeeper.domain.notice.Notice;
import linekeeper.domain.notice.NoticeStatus;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// Finds notices by what people ask for. Only the conditions that are asked for are in the statement, so
/// that each finds its index.
final class NoticeLists {
    private static final String AFTER =
            """
            AND created_at <= :after_created
            AND (created_at < :after_created OR call_id > :after_call
                 OR (call_id = :after_call AND sequence < :after_sequence))
            """;

    private final Database database;

    NoticeLists(Database database) {
        this.database = database;
    }

    List<Notice> list(AccountId account, NoticeFilter filter, NoticePage page) {
        NoticeStatus status = filter.status();
        CallKey call = filter.call();
        Place after = page.after();
        Sql sql =
                Sql.of(
                                "SELECT * FROM notices WHERE account_id = :account "
                                        + statusIs(status)
                                        + (call == null ? "" : "AND call_id = :call ")
                                        + (after == null ? "" : AFTER)
                                        + "ORDER BY created_at DESC, call_id, sequence DESC"
                                        + " LIMIT CAST(:most AS int)")
                        .with("account", account.value())
                        .with("most", page.limit());
        if (call != null) {
            sql.with("call", call.call().value());
        }
        if (after != null) {
            sql.with("after_created", after.createdAt())
                    .with("after_call", after.id().key().call().value())
                    .with("after_sequence", after.id().sequence());
        }
        return database.query(sql, NoticeRows::notice);
    }

    /// A word of ours, written out: a partial index is found only by what the planner can read.
    private static String statusIs(@Nullable NoticeStatus status) {
        return status == null ? "" : "AND status = '" + status.wireName() + "' ";
    }

    /// Those of a range and one more, locked.
    List<Notice> oldestFirst(AccountId account, ReplayRange range) {
        NoticeStatus status = range.status();
        Sql sql =
                Sql.of(
                                "SELECT * FROM notices WHERE account_id = :account "
                                        + (status == null
                                                ? "AND status <> 'pending' "
                                                : statusIs(status))
                                        + """
                                        AND created_at >= :from AND created_at < :to
                                        ORDER BY created_at, call_id DESC, sequence
                                        LIMIT CAST(:most AS int) FOR UPDATE
                                        """)
                        .with("account", account.value())
                        .with("from", range.from())
                        .with("to", range.to())
                        .with("most", range.most() + 1);
        return database.query(sql, NoticeRows::notice);
    }

    /// One that is being sent stays as it is.
    void resend(List<Notice> locked, Instant now) {
        Sql sql =
                Sql.of(
                                """
                                UPDATE notices n SET status = 'pending', failures = 0,
                                                     due_at = :now, in_flight = false
                                FROM %s
                                WHERE %s AND NOT (n.in_flight AND n.due_at > :now)
                                """
                                        .formatted(NoticeRows.NAMED, NoticeRows.IS_NAMED))
                        .with("now", now);
        database.update(NoticeRows.bind(sql, locked));
    }
}
