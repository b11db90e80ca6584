package linekeeper.persistence;

import linekeeper.domain.notice.Notice;
import linekeeper.domain.notice.NoticeId;
import linekeeper.domain.notice.NoticeStatus;
import linekeeper.domain.notice.NoticeType;
import linekeeper.domain.notice.Telling;

import java.util.List;

/// Reads notices, and names a set of them in a statement whose notices are `n`.
final class NoticeRows {
    /// A notice is found in its month by its time.
    static final String NAMED =
            """
            unnest(CAST(:accounts AS text[]), CAST(:calls AS text[]), CAST(:sequences AS int[]),
                   CAST(:created AS timestamptz[]))
                AS k (account_id, call_id, sequence, created_at)
            """;

    static final String IS_NAMED =
            """
            n.account_id = k.account_id AND n.call_id = k.call_id AND n.sequence = k.sequence
                AND n.created_at = k.created_at
            """;

    private NoticeRows() {}

    static Sql bind(Sql sql, List<Notice> notices) {
        return sql.column("accounts", notices, one -> one.id().key().account())
                .column("calls", notices, one -> one.id().key().call())
                .column("sequences", notices, one -> one.id().sequence())
                .column("created", notices, Notice::createdAt);
    }

    static Notice notice(Row row) {
        return new Notice(
                id(row),
                NoticeType.named(row.text("type")).orElseThrow(),
                row.instant("created_at"),
                new Telling(
                        NoticeStatus.named(row.text("status")).orElseThrow(),
                        row.integer("deliveries"),
                        row.integer("failures"),
                        row.instant("due_at"),
                        row.textOrNull("answer"),
                        row.instantOrNull("delivered_at")));
    }

    static NoticeId id(Row row) {
        return new NoticeId(CallRows.key(row), row.number("sequence"));
    }
}
