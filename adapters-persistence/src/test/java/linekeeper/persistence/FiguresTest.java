package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.PROVIDER;
import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.execution;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.contract.TestCalls;
import linekeeper.application.port.Change;
import linekeeper.application.port.Figures.Active;
import linekeeper.application.port.Figures.Load;
import linekeeper.application.port.Figures.Waiting;
import linekeeper.application.port.Intake.Reserved;
import linekeeper.domain.AccountId;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.CallType;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.TimelineEvent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;

/// What is counted is what is there (D7, B5), and a limit that was broken is seen (D3).
final class FiguresTest {
    private static final AccountId BIG = new AccountId("big");
    private static final AccountId SMALL = new AccountId("small");

    private final TwoNodes nodes = new TwoNodes(Limits.of(100, 2));
    private final PostgresFigures figures = new PostgresFigures(nodes.database());

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void countsByAccountAndTypeAndProvider() {
        fill();

        Load load = figures.load(10);

        assertThat(load.waiting())
                .containsExactlyInAnyOrder(
                        new Waiting(BIG, CallType.DIRECT, 2),
                        new Waiting(BIG, CallType.CAMPAIGN, 1),
                        new Waiting(SMALL, CallType.CAMPAIGN, 1));
        assertThat(load.active())
                .containsExactlyInAnyOrder(
                        new Active(BIG, PROVIDER, 2), new Active(SMALL, PROVIDER, 1));
    }

    @Test
    void namesTheLargestAccountsOnly() {
        fill();

        Load load = figures.load(1);

        assertThat(load.waiting())
                .containsExactlyInAnyOrder(
                        new Waiting(BIG, CallType.DIRECT, 2),
                        new Waiting(BIG, CallType.CAMPAIGN, 1),
                        new Waiting(null, CallType.CAMPAIGN, 1));
        assertThat(load.active())
                .containsExactlyInAnyOrder(
                        new Active(BIG, PROVIDER, 2), new Active(null, PROVIDER, 1));
    }

    @Test
    void countsOneAccountAlone() {
        fill();

        Load load = figures.load(SMALL);

        assertThat(load.waiting()).containsExactly(new Waiting(SMALL, CallType.CAMPAIGN, 1));
        assertThat(load.active()).containsExactly(new Active(SMALL, PROVIDER, 1));
    }

    private void fill() {
        nodes.account("big", 2);
        nodes.account("small", 1);
        for (int i = 0; i < 4; i++) {
            nodes.admit(0, aCall("d" + i).of("big"), true);
        }
        nodes.admit(0, aCall("c").of("big").ofCampaign("autumn"), true);
        nodes.admit(0, aCall("e").of("small"), true);
        nodes.admit(0, aCall("f").of("small").ofCampaign("autumn"), true);
    }

    @Test
    void tellsWhatIsStuck() {
        ReservedCall bound = reserved(aCall("bound"));
        reserved(aCall("unbound"));
        nodes.node(0)
                .calls()
                .change(
                        bound.key(),
                        any ->
                                Change.to(
                                        bound.bind(execution("x"), null, NOW),
                                        TimelineEvent.of(NOW, "bound"),
                                        true));

        assertThat(figures.trouble(NOW, NOW).unbound()).isEqualTo(1);
        assertThat(figures.trouble(NOW, NOW).stale()).isEqualTo(1);
        Instant before = NOW.minusMillis(1);
        assertThat(figures.trouble(before, before).unbound()).isZero();
        assertThat(figures.trouble(before, before).stale()).isZero();
    }

    @Test
    void seesASlotThatWasGivenOutBeyondALimit() {
        reserved(aCall("a"));
        reserved(aCall("b"));
        assertThat(figures.trouble(NOW, NOW).beyondLimit()).isEmpty();

        nodes.database()
                .update(
                        Sql.of(
                                """
                                INSERT INTO active_calls (account_id, call_id, attempt, provider,
                                    campaign_id, reserved_at, reserved_event, account_limit, system_limit)
                                SELECT account_id, 'third', attempt, provider, campaign_id,
                                       reserved_at, 1, account_limit, system_limit
                                FROM active_calls LIMIT 1
                                """));

        assertThat(figures.trouble(NOW, NOW).beyondLimit()).hasSize(1);
    }

    @Test
    void holdsNoLoweredLimitAgainstSlotsOfBefore() {
        reserved(aCall("a"));
        reserved(aCall("b"));

        nodes.database().update(Sql.of("UPDATE accounts SET concurrency_limit = 1"));

        assertThat(figures.trouble(NOW, NOW).beyondLimit()).isEmpty();
    }

    private ReservedCall reserved(TestCalls call) {
        return ((Reserved) nodes.admit(0, call, true).own()).call();
    }
}
