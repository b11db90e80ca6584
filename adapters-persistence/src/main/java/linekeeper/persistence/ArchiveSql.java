package linekeeper.persistence;

import linekeeper.domain.CallKey;

import java.time.Instant;
import java.util.List;

/// Moves calls of one account into the archive.
///
/// An admission reads the archived ids with the snapshot of its own statement, and the calls by their
/// unique index, which knows no snapshot: if a call moved in between, it would miss it in both, and have
/// it dialed a second time. So admissions share a lock that a move has for itself. The imports of an
/// account, which take no such lock, are kept out by theirs.
///
/// That lock is taken last, and only for what must be under it. Nobody who holds it waits for a call that
/// has ended, so this order is safe.
final class ArchiveSql {
    /// Of `calls`, all but the provider, which the end has, too. A test compares them.
    static final String RECORD =
            """
            account_id, call_id, direction, phone_number, contact_id, contact_name, agent_id,
            from_number, campaign_id, driver_id, scheduled_at, expires_at, priority, max_attempts,
            user_data, created_at, attempts_by_campaign\
            """;

    /// Of `call_ends`, all that the record has not.
    static final String END =
            """
            provider, attempt, last_event, execution_id, conversation_id, answered_at, answered_by,
            duration_seconds, cost, recording_url, outcome, error_code, error_message, started_at,
            ended_at, line_agent, line_from, line_phone_number_id, deleted_at\
            """;

    /// Shared by admissions.
    static final long LOCK = 0x6c696e6561726368L;

    /// Ends and records: one that somebody is changing is not old enough, nor one that somebody gives a
    /// conversation.
    private static final String LOCK_CALLS =
            """
            SELECT e.account_id, e.call_id
            FROM call_ends e
            JOIN calls c ON c.account_id = e.account_id AND c.call_id = e.call_id
            WHERE e.account_id = :account AND e.call_id = ANY (CAST(:calls AS text[]))
              AND e.ended_at < :before
            ORDER BY e.call_id FOR UPDATE SKIP LOCKED
            """;

    /// Waits for whoever adds a line, so that it is read below.
    private static final String LOCK_CONVERSATIONS =
            """
            SELECT c.conversation_id FROM conversations c
            WHERE c.account_id = :account AND c.call_id = ANY (CAST(:calls AS text[]))
            ORDER BY c.conversation_id FOR UPDATE
            """;

    private static final String COPY =
            """
            INSERT INTO archived_calls (%1$s, %2$s, transcript, attempts)
            SELECT %3$s, %4$s,
                   (SELECT json_agg(json_build_object('role', t.role, 'text', t.message, 'at', t.at)
                                    ORDER BY c.attempt, c.conversation_id, t.sequence)
                    FROM conversations c
                    JOIN call_transcripts t ON t.account_id = c.account_id
                        AND t.conversation_id = c.conversation_id
                    WHERE c.account_id = o.account_id AND c.call_id = o.call_id AND NOT (%5$s)),
                   (SELECT json_agg(t ORDER BY t.attempt) FROM call_attempts t
                    WHERE t.account_id = o.account_id AND t.call_id = o.call_id)
            FROM calls o
            JOIN call_ends e ON e.account_id = o.account_id AND e.call_id = o.call_id
            WHERE o.account_id = :account AND o.call_id = ANY (CAST(:calls AS text[]))
            """
                    .formatted(
                            RECORD, END, of("o", RECORD), of("e", END), TranscriptSql.SUPERSEDED);

    /// The lines go with their conversations, by their foreign key.
    private static final String REMOVE_PARTS =
            """
            WITH attempt AS (
                DELETE FROM call_attempts
                WHERE account_id = :account AND call_id = ANY (CAST(:calls AS text[]))
            ), conversation AS (
                DELETE FROM conversations
                WHERE account_id = :account AND call_id = ANY (CAST(:calls AS text[]))
            ), ended AS (
                DELETE FROM call_ends
                WHERE account_id = :account AND call_id = ANY (CAST(:calls AS text[]))
                RETURNING account_id, execution_id, provider
            ), execution AS (
                DELETE FROM executions x USING ended e
                WHERE x.account_id = e.account_id AND x.execution_id = e.execution_id
                  AND x.provider = e.provider
            )
            SELECT count(*) AS ended FROM ended
            """;

    private static final String MOVE_IDS =
            """
            WITH gone AS (
                DELETE FROM calls
                WHERE account_id = :account AND call_id = ANY (CAST(:calls AS text[]))
                RETURNING account_id, call_id, created_at
            )
            INSERT INTO archived_ids (account_id, call_id, created_at) SELECT * FROM gone
            """;

    private ArchiveSql() {}

    private static String of(String table, String columns) {
        return columns.replaceAll("\\w+", table + ".$0");
    }

    /// Within the caller's transaction; how many were moved.
    ///
    /// @param keys of one account
    /// @param before when they must have ended
    static int move(Database database, List<CallKey> keys, Instant before) {
        PostgresPastCalls.waitForOtherImports(database, keys.getFirst().account());
        List<CallKey> calls =
                database.query(of(LOCK_CALLS, keys).with("before", before), CallRows::key);
        if (calls.isEmpty()) {
            return 0;
        }
        database.query(of(LOCK_CONVERSATIONS, calls), row -> true);
        expect(calls.size(), database.update(of(COPY, calls)));
        expect(
                calls.size(),
                database.queryOne(of(REMOVE_PARTS, calls), row -> row.number("ended"))
                        .orElseThrow());
        Sql lock = Sql.of("SELECT pg_advisory_xact_lock(:archive) IS NULL AS locked");
        database.query(lock.with("archive", LOCK), row -> true);
        expect(calls.size(), database.update(of(MOVE_IDS, calls)));
        return calls.size();
    }

    private static Sql of(String text, List<CallKey> keys) {
        return Sql.of(text).with("account", account(keys)).column("calls", keys, CallKey::call);
    }

    private static String account(List<CallKey> keys) {
        return keys.getFirst().account().value();
    }

    private static void expect(long calls, long moved) {
        if (moved != calls) {
            throw new IllegalStateException(
                    moved + " of " + calls + " calls were archived: indicates a bug");
        }
    }
}
