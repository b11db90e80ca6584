package linekeeper.persistence;

import linekeeper.domain.CallKey;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.EndedCall;
import linekeeper.persistence.Changed.Entry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The archived calls. A call only ever moves from `calls` to here: whoever missed it there in one
/// statement finds it here in the next.
final class ArchivedCalls {
    private static final String SELECT =
            """
            SELECT c.*, c.outcome AS status FROM archived_ids i
            JOIN archived_calls c ON c.account_id = i.account_id AND c.call_id = i.call_id
                AND c.created_at = i.created_at
            WHERE (i.account_id, i.call_id) IN (
                SELECT * FROM unnest(CAST(:key_accounts AS text[]), CAST(:key_calls AS text[])))
            """;

    private static final String HIDE =
            """
            WITH found AS MATERIALIZED (
                SELECT * FROM archived_ids WHERE account_id = :account AND call_id = :call
            ), hidden AS (
                UPDATE archived_calls c SET deleted_at = :now, last_event = c.last_event + 1
                FROM found f
                WHERE c.account_id = f.account_id AND c.call_id = f.call_id
                  AND c.created_at = f.created_at AND c.deleted_at IS NULL
                RETURNING c.account_id, c.call_id, c.last_event
            ), event AS (
                INSERT INTO call_events (account_id, call_id, sequence, at, event, detail)
                SELECT account_id, call_id, last_event, :now, 'deleted', '{}' FROM hidden
            )
            SELECT call_id FROM found
            """;

    /// What an ended call may still learn.
    private static final String AMEND =
            """
            WITH amended AS (
                UPDATE archived_calls SET
                    execution_id = :execution, conversation_id = :conversation,
                    answered_at = :answered, answered_by = :answered_by,
                    duration_seconds = :duration, cost = :cost, recording_url = :recording,
                    last_event = CAST(:last_event AS int)
                WHERE account_id = :account AND call_id = :call AND created_at = :created
                RETURNING 1
            ), event AS (
                INSERT INTO call_events (account_id, call_id, sequence, at, event, detail)
                SELECT :account, :call, e.* FROM unnest(
                    CAST(:event_sequences AS int[]), CAST(:event_times AS timestamptz[]),
                    CAST(:event_names AS text[]), CAST(:event_details AS jsonb[])) AS e
            )
            SELECT count(*) AS amended FROM amended
            """;

    private ArchivedCalls() {}

    static <T> List<T> find(Database database, List<CallKey> keys, Function<Row, T> mapper) {
        return keys.isEmpty() ? List.of() : database.query(Keys.bind(Sql.of(SELECT), keys), mapper);
    }

    /// The rows are the caller's until its transaction ends.
    static <T> List<T> lock(Database database, List<CallKey> keys, Function<Row, T> mapper) {
        Sql lock = Sql.of(SELECT + " ORDER BY c.account_id, c.call_id FOR NO KEY UPDATE OF c");
        return keys.isEmpty() ? List.of() : database.query(Keys.bind(lock, keys), mapper);
    }

    /// Looks through the index of every month, as nobody says when the call was.
    static Optional<CallKey> keyOf(Database database, ExecutionId execution) {
        Sql find =
                Sql.of(
                                """
                                SELECT account_id, call_id FROM archived_calls
                                WHERE execution_id = :execution AND provider = :provider
                                ORDER BY account_id LIMIT 1
                                """)
                        .with("execution", execution.value())
                        .with("provider", execution.provider().value());
        return database.queryOne(find, CallRows::key);
    }

    static boolean isHidden(Database database, CallKey key) {
        return find(database, List.of(key), row -> row.instantOrNull("deleted_at") != null)
                .contains(true);
    }

    /// False: the call is not archived.
    static boolean hide(Database database, CallKey key, Instant now) {
        Sql hide =
                Sql.of(HIDE)
                        .with("account", key.account().value())
                        .with("call", key.call().value())
                        .with("now", now);
        return database.queryOne(hide, row -> row.text("call_id")).isPresent();
    }

    static void amend(Database database, Changed changed) {
        EndedCall call = (EndedCall) changed.call();
        CallFacts facts = call.facts();
        var conversation = facts.conversation();
        Sql amend =
                Sql.of(AMEND)
                        .with("account", call.key().account().value())
                        .with("call", call.key().call().value())
                        .with("created", call.accepted().createdAt())
                        .with("execution", CallColumns.executionId(call))
                        .with("conversation", conversation == null ? null : conversation.value())
                        .with("answered", facts.answeredAt())
                        .with("answered_by", facts.answeredBy())
                        .with("duration", facts.durationSeconds())
                        .with("cost", facts.cost())
                        .with("recording", facts.recordingUrl())
                        .with("last_event", changed.lastEvent());
        bindTimeline(amend, changed.entries());
        if (database.queryOne(amend, row -> row.integer("amended")).orElseThrow() != 1) {
            throw new IllegalStateException(call.key() + " was not amended: indicates a bug");
        }
    }

    private static void bindTimeline(Sql sql, List<Entry> entries) {
        sql.column("event_sequences", entries, Entry::sequence)
                .column("event_times", entries, entry -> entry.event().at())
                .column("event_names", entries, entry -> entry.event().name())
                .column("event_details", entries, entry -> Details.json(entry.event().detail()));
    }
}
