package linekeeper.persistence;

import linekeeper.domain.call.Transcript;
import linekeeper.persistence.TranscriptBatch.Growing;
import linekeeper.persistence.TranscriptBatch.Line;
import linekeeper.persistence.TranscriptBatch.Place;

import java.util.List;

/// Locks conversations and writes what was said in them, set-based.
final class TranscriptSql {
    /// Whether what was kept for an attempt before its conversation had a name is known better now.
    static final String SUPERSEDED =
            """
            c.conversation_id < '!' AND EXISTS (
                SELECT FROM conversations n
                WHERE n.account_id = c.account_id AND n.call_id = c.call_id
                  AND n.attempt = c.attempt AND n.conversation_id >= '!' AND n.whole)
            """;

    private static final String WHERE =
            """
            WHERE (c.account_id, c.conversation_id) IN (
                SELECT * FROM unnest(CAST(:accounts AS text[]), CAST(:conversations AS text[])))
            """;

    private TranscriptSql() {}

    /// Those of the conversations that are there, locked; a lock shows a row as it is by then.
    static List<Growing> lock(Database database, List<Place> places) {
        Sql lock =
                Sql.of(
                        """
                        SELECT c.account_id, c.conversation_id, c.call_id, c.attempt, c.lines,
                               c.characters, c.digest, c.whole, (%s) AS superseded
                        FROM conversations c
                        %s ORDER BY c.account_id, c.conversation_id FOR NO KEY UPDATE OF c
                        """
                                .formatted(SUPERSEDED, WHERE));
        return database.query(bind(lock, places), TranscriptSql::growing);
    }

    private static Growing growing(Row row) {
        return new Growing(
                new Place(
                        row.text("account_id"),
                        row.text("call_id"),
                        row.integer("attempt"),
                        row.text("conversation_id")),
                new Transcript(
                        row.integer("lines"),
                        row.integer("characters"),
                        row.flag("whole"),
                        row.textOrNull("digest")),
                row.flag("superseded"));
    }

    /// Makes those whose calls are there; one that another call has stays that call's. The lock is the foreign
    /// key's, taken earlier: a call that is being archived is waited for and then not found, instead of failing.
    static void insert(Database database, List<Place> places) {
        Sql insert =
                Sql.of(
                        """
                        INSERT INTO conversations (account_id, conversation_id, call_id, attempt)
                        SELECT n.account_id, n.conversation_id, n.call_id, n.attempt
                        FROM unnest(CAST(:accounts AS text[]), CAST(:conversations AS text[]),
                                    CAST(:calls AS text[]), CAST(:attempts AS smallint[]))
                             AS n (account_id, conversation_id, call_id, attempt)
                        JOIN calls c ON c.account_id = n.account_id AND c.call_id = n.call_id
                        ORDER BY n.account_id, n.conversation_id
                        FOR KEY SHARE OF c
                        ON CONFLICT DO NOTHING
                        """);
        database.update(
                bind(insert, places)
                        .column("calls", places, Place::call)
                        .column("attempts", places, Place::attempt));
    }

    static void write(Database database, List<Growing> grown) {
        List<Place> replaced =
                grown.stream().filter(Growing::leavesLines).map(Growing::place).toList();
        if (!replaced.isEmpty()) {
            database.update(bind(Sql.of("DELETE FROM call_transcripts c " + WHERE), replaced));
        }
        List<Line> lines = grown.stream().flatMap(one -> one.lines().stream()).toList();
        Sql write = Sql.of(WRITE);
        bind(write, grown.stream().map(Growing::place).toList());
        bindLines(bindCounts(write, grown), lines);
        boolean written =
                database.queryOne(
                                write,
                                row ->
                                        row.number("counted") == grown.size()
                                                && row.number("said") == lines.size())
                        .orElseThrow();
        if (!written) {
            throw new IllegalStateException("a transcript was written in part; indicates a bug");
        }
    }

    private static final String WRITE =
            """
            WITH counted AS (
                UPDATE conversations c SET
                    lines = n.lines, characters = n.characters, whole = n.whole, digest = n.digest
                FROM unnest(CAST(:accounts AS text[]), CAST(:conversations AS text[]),
                            CAST(:lines AS int[]), CAST(:characters AS int[]),
                            CAST(:wholes AS boolean[]), CAST(:digests AS text[]))
                     AS n (account_id, conversation_id, lines, characters, whole, digest)
                WHERE c.account_id = n.account_id AND c.conversation_id = n.conversation_id
                RETURNING 1
            ), said AS (
                INSERT INTO call_transcripts (account_id, conversation_id, sequence, role, message, at)
                SELECT * FROM unnest(
                    CAST(:line_accounts AS text[]), CAST(:line_conversations AS text[]),
                    CAST(:sequences AS int[]), CAST(:roles AS text[]), CAST(:messages AS text[]),
                    CAST(:times AS timestamptz[]))
                RETURNING 1
            )
            SELECT (SELECT count(*) FROM counted) AS counted, (SELECT count(*) FROM said) AS said
            """;

    private static Sql bindCounts(Sql sql, List<Growing> grown) {
        return sql.column("lines", grown, one -> one.transcript().lines())
                .column("characters", grown, one -> one.transcript().characters())
                .column("wholes", grown, one -> one.transcript().whole())
                .column("digests", grown, one -> one.transcript().digest());
    }

    private static Sql bindLines(Sql sql, List<Line> lines) {
        return sql.column("line_accounts", lines, line -> line.place().account())
                .column("line_conversations", lines, line -> line.place().id())
                .column("sequences", lines, Line::sequence)
                .column("roles", lines, line -> line.spoken().role())
                .column("messages", lines, line -> line.spoken().text())
                .column("times", lines, Line::at);
    }

    private static Sql bind(Sql sql, List<Place> places) {
        return sql.column("accounts", places, Place::account)
                .column("conversations", places, Place::id);
    }
}
