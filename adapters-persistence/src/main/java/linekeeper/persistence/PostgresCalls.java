package linekeeper.persistence;

import linekeeper.application.port.CallFilter;
import linekeeper.application.port.CallPage;
import linekeeper.application.port.Calls;
import linekeeper.application.port.Decision;
import linekeeper.application.port.ExecutionReport.Echo;
import linekeeper.application.port.PageRequest;
import linekeeper.application.port.Succession;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.TimelineEvent;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Every call: its record, its state and its end. Changes of all kinds share commits.
final class PostgresCalls implements Calls {
    private static final String HIDE =
            """
            WITH hidden AS (
                UPDATE call_ends SET deleted_at = :now, last_event = last_event + 1
                WHERE account_id = :account AND call_id = :call AND deleted_at IS NULL
                RETURNING account_id, call_id, last_event
            ), event AS (
                INSERT INTO call_events (account_id, call_id, sequence, at, event, detail)
                SELECT account_id, call_id, last_event, :now, 'deleted', '{}' FROM hidden
            )
            SELECT EXISTS (SELECT FROM call_ends
                           WHERE account_id = :account AND call_id = :call) AS over
            FROM calls WHERE account_id = :account AND call_id = :call
            """;

    private static final int MOST_PER_BATCH = 200;
    private static final int MOST_WAITING = 10_000;

    private static final String LIVE_WITH_ID =
            """
            SELECT account_id, call_id FROM active_calls
            WHERE call_id = :call ORDER BY account_id LIMIT :most
            """;

    /// No index begins with the call's id, so every account is asked for it; the inner limit keeps the
    /// question as it is written.
    private static final String WITH_ID =
            """
            SELECT c.account_id, c.call_id
            FROM accounts a
            CROSS JOIN LATERAL (
                SELECT account_id, call_id FROM calls
                WHERE account_id = a.account_id AND call_id = :call LIMIT 1) c
            ORDER BY c.account_id LIMIT :most
            """;

    private final Database database;
    private final CallLists lists;
    private final ChangeWriter changes;
    private final Coalescer<ChangeBatch.Asked, Supplier<?>> coalescer;

    PostgresCalls(Database database, ChangeWriter changes) {
        this.database = database;
        this.lists = new CallLists(database);
        this.changes = changes;
        this.coalescer = new Coalescer<>(this::write, MOST_PER_BATCH, MOST_WAITING);
    }

    @Override
    public Optional<Call> find(CallKey key) {
        return CallRows.find(database, List.of(key)).stream().findFirst();
    }

    @Override
    public List<Call> findAll(List<CallKey> keys) {
        return CallRows.find(database, keys);
    }

    @Override
    public boolean isHidden(CallKey key) {
        Sql find =
                Sql.of(
                                """
                                SELECT e.deleted_at IS NOT NULL AS hidden
                                FROM calls c
                                LEFT JOIN call_ends e
                                    ON e.account_id = c.account_id AND e.call_id = c.call_id
                                WHERE c.account_id = :account AND c.call_id = :call
                                """)
                        .with("account", key.account().value())
                        .with("call", key.call().value());
        return database.queryOne(find, row -> row.flag("hidden"))
                .orElseGet(() -> ArchivedCalls.isHidden(database, key));
    }

    @Override
    public Hiding hide(CallKey key, Instant now) {
        Sql hide =
                Sql.of(HIDE)
                        .with("account", key.account().value())
                        .with("call", key.call().value())
                        .with("now", now);
        return database.queryOne(hide, row -> row.flag("over") ? Hiding.HIDDEN : Hiding.NOT_OVER)
                .orElseGet(
                        () ->
                                ArchivedCalls.hide(database, key, now)
                                        ? Hiding.HIDDEN
                                        : Hiding.NO_SUCH_CALL);
    }

    @Override
    public Optional<CallKey> keyOf(ExecutionId execution) {
        Sql find =
                Sql.of(
                                """
                                SELECT * FROM (
                                    SELECT account_id, call_id FROM executions
                                    WHERE execution_id = :execution AND provider = :provider
                                    -- No order of the key's: it would be walked through for this.
                                    OFFSET 0) found
                                ORDER BY account_id LIMIT 1
                                """)
                        .with("execution", execution.value())
                        .with("provider", execution.provider().value());
        return database.queryOne(find, CallRows::key)
                .or(() -> ArchivedCalls.keyOf(database, execution));
    }

    @Override
    public List<CallKey> withId(CallId id, int most) {
        List<CallKey> live = database.query(named(LIVE_WITH_ID, id, most), CallRows::key);
        return live.isEmpty() ? database.query(named(WITH_ID, id, most), CallRows::key) : live;
    }

    private static Sql named(String text, CallId id, int most) {
        return Sql.of(text).with("call", id.value()).with("most", most);
    }

    @Override
    public Optional<Echo> earlierAttempt(ExecutionId execution) {
        return AttemptSql.ofExecution(database, execution);
    }

    @Override
    public boolean amendEarlier(LateReport late) {
        return AttemptSql.amend(database, late);
    }

    @Override
    @SuppressWarnings("unchecked") // The answer is what this very decision gave.
    public <R> R change(CallKey key, Decision<R> decision, Succession succession) {
        return (R) coalescer.write(new ChangeBatch.Asked(key, decision, succession)).get();
    }

    /// @param batch what is written in one commit
    List<Supplier<?>> write(List<ChangeBatch.Asked> batch) {
        return changes.write(batch);
    }

    @Override
    public CallPage list(AccountId account, CallFilter filter, PageRequest page) {
        return lists.list(account, filter, page);
    }

    @Override
    public List<Recorded> timeline(CallKey key, long after, int most) {
        Sql timeline =
                Sql.of(
                                """
                                SELECT sequence, at, event, detail FROM call_timeline
                                WHERE account_id = :account AND call_id = :call
                                  AND sequence > :after
                                ORDER BY sequence LIMIT :most
                                """)
                        .with("account", key.account().value())
                        .with("call", key.call().value())
                        .with("after", after)
                        .with("most", most);
        return database.query(timeline, PostgresCalls::recorded);
    }

    private static Recorded recorded(Row row) {
        return new Recorded(
                row.number("sequence"),
                TimelineEvent.of(
                        row.instant("at"), row.text("event"), Details.read(row.text("detail"))));
    }
}
