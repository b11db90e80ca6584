package linekeeper.persistence;

import linekeeper.application.port.Transcripts;
import linekeeper.domain.CallKey;
import linekeeper.domain.call.Spoken;

import java.util.List;

/// What was said. Writes of all kinds share commits.
final class PostgresTranscripts implements Transcripts {
    /// A provider's transcript may be some megabytes.
    private static final int MOST_PER_BATCH = 64;

    private static final int MOST_WAITING = 2_000;

    private final Database database;
    private final Coalescer<TranscriptBatch.Asked, Stored> coalescer;

    PostgresTranscripts(Database database) {
        this.database = database;
        this.coalescer =
                new Coalescer<>(
                        batch ->
                                database.inTransaction(
                                        () -> TranscriptBatch.write(database, batch)),
                        MOST_PER_BATCH,
                        MOST_WAITING);
    }

    @Override
    public Stored append(Conversation conversation, Spoken line) {
        return coalescer.write(new TranscriptBatch.Heard(conversation, line));
    }

    @Override
    public Stored replace(Conversation conversation, List<Spoken> lines, boolean whole) {
        return coalescer.write(new TranscriptBatch.Told(conversation, lines, whole));
    }

    @Override
    public List<Line> of(CallKey call, int after, int most) {
        List<Line> lines = live(call, after, most);
        return lines.isEmpty() ? archived(call, after, most) : lines;
    }

    private List<Line> live(CallKey call, int after, int most) {
        Sql transcript =
                Sql.of(
                                """
                                SELECT row_number() OVER (
                                           ORDER BY c.attempt, c.conversation_id, t.sequence)
                                       AS number, t.role, t.message, t.at
                                FROM conversations c
                                JOIN call_transcripts t ON t.account_id = c.account_id
                                    AND t.conversation_id = c.conversation_id
                                WHERE c.account_id = :account AND c.call_id = :call
                                  AND NOT (%s)
                                ORDER BY number OFFSET CAST(:after AS int) LIMIT :most
                                """
                                        .formatted(TranscriptSql.SUPERSEDED))
                        .with("account", call.account().value())
                        .with("call", call.call().value())
                        .with("after", after)
                        .with("most", most);
        return database.query(transcript, PostgresTranscripts::line);
    }

    private List<Line> archived(CallKey call, int after, int most) {
        Sql transcript =
                Sql.of(
                                """
                                SELECT t.number, t.line ->> 'role' AS role,
                                       t.line ->> 'text' AS message,
                                       CAST(t.line ->> 'at' AS timestamptz) AS at
                                FROM archived_ids i
                                JOIN archived_calls c ON c.account_id = i.account_id
                                    AND c.call_id = i.call_id AND c.created_at = i.created_at
                                CROSS JOIN LATERAL json_array_elements(c.transcript)
                                    WITH ORDINALITY AS t (line, number)
                                WHERE i.account_id = :account AND i.call_id = :call
                                ORDER BY t.number OFFSET CAST(:after AS int) LIMIT :most
                                """)
                        .with("account", call.account().value())
                        .with("call", call.call().value())
                        .with("after", after)
                        .with("most", most);
        return database.query(transcript, PostgresTranscripts::line);
    }

    private static Line line(Row row) {
        return new Line(
                row.integer("number"),
                new Spoken(row.text("role"), row.text("message"), row.instantOrNull("at")));
    }
}
