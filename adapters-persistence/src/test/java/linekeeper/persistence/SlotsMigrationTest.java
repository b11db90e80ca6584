package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.ending;
import static linekeeper.application.contract.TestCalls.execution;
import static linekeeper.application.contract.TestCalls.key;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.Calls;
import linekeeper.application.port.Calls.Recorded;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.TimelineEvent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Calls of before V21, whose slots and history have their lines as objects and which are found by the
/// executions of those, are the same calls afterwards (A8, E8).
final class SlotsMigrationTest {
    private static final String BOUND =
            """
            {"sequence": 3, "at": "%1$s", "event": "bound", "detail": {"odd": "\\"\\n"}}
            """
                    .formatted(NOW);
    private static final String ENDED =
            """
            {"sequence": 4, "at": "%1$s", "event": "ended", "detail": {}}
            """
                    .formatted(NOW);
    private static final String RESERVED =
            """
            {"sequence": 2, "at": "%1$s", "event": "reserved",
             "detail": {"provider": "simulated", "attempt": "1"}}
            """
                    .formatted(NOW);

    private static final List<String> BEFORE =
            List.of(
                    """
                    INSERT INTO calls (account_id, call_id, phone_number, priority, max_attempts,
                                       user_data, provider, created_at)
                    SELECT 'default', id, '+14155550100', 1, 1, '{}', 'simulated', :now
                    FROM unnest(ARRAY['live', 'older', 'over']) id
                    """,
                    """
                    INSERT INTO active_calls (account_id, call_id, attempt, provider, campaign_id,
                                              reserved_at, execution_id, bound_at, seen_at, progress,
                                              last_event, timeline)
                    VALUES ('default', 'live', 1, 'simulated', '', :now, 'x', :now, :now, 'placed', 3,
                            '[%s, %s]')
                    """
                            .formatted(RESERVED, BOUND),
                    """
                    INSERT INTO active_calls (account_id, call_id, attempt, provider, campaign_id,
                                              reserved_at, last_event, timeline)
                    VALUES ('default', 'older', 1, 'simulated', '', :now, 2, '[]')
                    """,
                    """
                    INSERT INTO call_events (account_id, call_id, sequence, at, event, detail)
                    VALUES ('default', 'older', 2, :now, 'reserved',
                            '{"provider": "simulated", "attempt": "1"}')
                    """,
                    """
                    INSERT INTO call_ends (account_id, call_id, created_at, outcome, provider,
                                           execution_id, ended_at, last_event)
                    VALUES ('default', 'over', :now, 'completed', 'simulated', 'y', :now, 4)
                    """,
                    """
                    INSERT INTO call_events (account_id, call_id, sequence, at, event, detail, more)
                    VALUES ('default', 'over', 2, :now, 'reserved',
                            '{"provider": "simulated", "attempt": "1"}', '[%s, %s]')
                    """
                            .formatted(BOUND, ENDED),
                    """
                    INSERT INTO notices (account_id, call_id, sequence, type, due_at, created_at)
                    VALUES ('default', 'over', 4, 'call.ended', :now, :now)
                    """,
                    """
                    INSERT INTO leads (account_id, phone_number, calls, completed, last_call_id,
                                       last_status, created_at, updated_at)
                    VALUES ('default', '+14155550100', 1, 1, 'over', 'completed', :now, :now)
                    """);

    private ConnectionPool pool;
    private Database database;
    private Calls calls;

    @BeforeEach
    void migrate() {
        Coordinates where = TestDatabase.ofVersion("20");
        pool = ConnectionPool.open(where, 2);
        database = new Database(pool.dataSource());
        BEFORE.forEach(sql -> database.update(Sql.of(sql).with("now", NOW)));
        Migrations.run(where);
        Limits limits = Limits.of(10, 10);
        calls = PostgresStores.over(database, limits, InstantSource.fixed(NOW)).engine().calls();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void tellsEveryLineAsBefore() {
        TimelineEvent accepted = TimelineEvent.of(NOW, "accepted");
        TimelineEvent reserved =
                TimelineEvent.of(NOW, "reserved", Map.of("provider", "simulated", "attempt", "1"));
        TimelineEvent bound = TimelineEvent.of(NOW, "bound", Map.of("odd", "\"\n"));
        TimelineEvent ended = TimelineEvent.of(NOW, "ended");

        assertThat(lines("live")).containsExactly(accepted, reserved, bound);
        assertThat(lines("older")).containsExactly(accepted, reserved);
        assertThat(lines("over")).containsExactly(accepted, reserved, bound, ended);
    }

    @Test
    void findsCallsByTheirExecutions() {
        assertThat(calls.keyOf(execution("x"))).contains(key("live"));
        assertThat(calls.keyOf(execution("y"))).contains(key("over"));
    }

    @Test
    void goesOnWithLiveCalls() {
        calls.change(key("live"), ending());
        calls.change(key("older"), ending());

        assertThat(Promises.broken(database)).isEmpty();
        assertThat(lines("live")).hasSize(4);
        assertThat(lines("older")).hasSize(3);
    }

    private List<TimelineEvent> lines(String id) {
        return calls.timeline(key(id), 0, 100).stream().map(Recorded::event).toList();
    }
}
