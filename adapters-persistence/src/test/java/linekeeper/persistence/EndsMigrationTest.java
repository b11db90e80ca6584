package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.execution;
import static linekeeper.application.contract.TestCalls.key;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.CallFilter;
import linekeeper.application.port.Calls;
import linekeeper.application.port.PageRequest;
import linekeeper.domain.AccountId;
import linekeeper.domain.ConversationId;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.Span;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;

/// Calls of the release before, whose ends are in their records, are the same calls afterwards (E8).
final class EndsMigrationTest {
    private static final List<String> BEFORE =
            List.of(
                    """
                    INSERT INTO calls (account_id, call_id, phone_number, priority, max_attempts,
                                       user_data, provider, created_at, last_event)
                    VALUES ('default', 'waits', '+14155550100', 1, 2, '{}', 'simulated', :now, 1)
                    """,
                    """
                    INSERT INTO call_queue (account_id, call_id, provider, campaign_id, priority, due_at)
                    VALUES ('default', 'waits', 'other', '', 1, :now)
                    """,
                    """
                    INSERT INTO calls (account_id, call_id, phone_number, priority, max_attempts,
                                       user_data, provider, created_at, attempt, last_event,
                                       outcome, execution_id, conversation_id, answered_at,
                                       answered_by, duration_seconds, cost, recording_url,
                                       started_at, ended_at, line_agent, line_from,
                                       line_phone_number_id)
                    VALUES ('default', 'done', '+14155550100', 1, 2, '{}', 'simulated', :now, 2, 9,
                            'completed', 'x', 'talk', :now, 'human', 61.5, 0.25,
                            'https://provider.example/1.mp3', :now, :now, 'agent', '+14155550199',
                            'line')
                    """,
                    """
                    INSERT INTO calls (account_id, call_id, phone_number, priority, max_attempts,
                                       user_data, provider, created_at, last_event, outcome,
                                       error_code, error_message, ended_at, deleted_at)
                    VALUES ('default', 'hidden', '+14155550100', 1, 2, '{}', 'simulated', :now, 3,
                            'failed', 'BROKEN', 'It broke', :now, :now)
                    """);

    private static ConnectionPool pool;
    private static Calls calls;

    @BeforeAll
    static void migrate() {
        Coordinates where = TestDatabase.ofVersion("15");
        pool = ConnectionPool.open(where, 2);
        Database database = new Database(pool.dataSource());
        BEFORE.forEach(sql -> database.update(Sql.of(sql).with("now", NOW)));
        Migrations.run(where);
        Limits limits = Limits.of(10, 10);
        calls = PostgresStores.over(database, limits, InstantSource.fixed(NOW)).engine().calls();
    }

    @AfterAll
    static void close() {
        pool.close();
    }

    @Test
    void keepsWhatIsKnownOfAnEndedCall() {
        EndedCall done = (EndedCall) found("done");

        assertThat(done.attempt()).isEqualTo(2);
        assertThat(done.outcome()).isEqualTo(new Outcome.Completed());
        assertThat(done.execution()).isEqualTo(execution("x"));
        assertThat(done.span()).isEqualTo(new Span(NOW, NOW));
        assertThat(done.facts())
                .isEqualTo(
                        new CallFacts(
                                new ConversationId("talk"),
                                NOW,
                                "human",
                                new BigDecimal("61.5"),
                                new BigDecimal("0.25"),
                                "https://provider.example/1.mp3"));
        assertThat(done.accepted().createdAt()).isEqualTo(NOW);
        assertThat(done.accepted().line().agent()).isEqualTo("agent");
        assertThat(done.accepted().line().phoneNumberId()).isEqualTo("line");
        assertThat(calls.keyOf(execution("x"))).contains(key("done"));
    }

    @Test
    void keepsAHiddenCallHidden() {
        assertThat(((EndedCall) found("hidden")).outcome())
                .isEqualTo(new Outcome.Failed(new Failure("BROKEN", "It broke")));
        assertThat(calls.isHidden(key("hidden"))).isTrue();
        assertThat(calls.isHidden(key("done"))).isFalse();
        assertThat(listed(CallStatus.FAILED)).isEmpty();
    }

    @Test
    void leavesACallThatIsNotOverWhereItIs() {
        assertThat(found("waits")).isInstanceOf(QueuedCall.class);
        assertThat(calls.isHidden(key("waits"))).isFalse();
        assertThat(listed(CallStatus.QUEUED)).containsExactly(found("waits"));
        assertThat(listed(CallStatus.COMPLETED)).containsExactly(found("done"));
    }

    private static List<Call> listed(CallStatus status) {
        CallFilter filter = new CallFilter(status, null, null, null, null, null, null);
        return calls.list(AccountId.DEFAULT, filter, new PageRequest(10, null)).calls();
    }

    private static Call found(String id) {
        return calls.find(key(id)).orElseThrow();
    }
}
