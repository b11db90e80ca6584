package linekeeper.application.contract;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.execution;
import static linekeeper.application.contract.TestCalls.key;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.ApiKeys.StoredKey;
import linekeeper.application.port.CallQueue;
import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.ExecutionReport.Echo;
import linekeeper.application.port.ExecutionReport.Over;
import linekeeper.application.port.ExecutionReport.Reached;
import linekeeper.application.port.ParkedReports;
import linekeeper.domain.AccountId;
import linekeeper.domain.account.Account;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Progress;
import linekeeper.domain.call.Spoken;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/// Queue status, parked reports, accounts and keys (D4, H3, I3).
public abstract class SmallStoresContract extends StoresContract {
    @Test
    void tellsTheStateOfTheQueue() {
        reserved(aCall("direct"));
        reserved(aCall("run").ofCampaign("autumn"));
        admitted(aCall("low").prioritised(1));
        admitted(aCall("next"));
        admitted(aCall("c").ofCampaign("autumn"));

        CallQueue.Status status = stores.engine().queue().status(AccountId.DEFAULT, NOW);

        assertThat(status.direct()).isEqualTo(new CallQueue.Counts(2, 1));
        assertThat(status.campaign()).isEqualTo(new CallQueue.Counts(1, 1));
        assertThat(status.limit()).isEqualTo(2);
        assertThat(status.active()).isEqualTo(2);
        var next = status.nextDirect();
        assertThat(next).isNotNull();
        assertThat(next.key()).isEqualTo(key("next"));
    }

    @Test
    void namesExpiredCalls() {
        reserved(aCall("a"));
        reserved(aCall("b"));
        admitted(aCall("over").expiringAt(NOW.plusSeconds(1)));
        admitted(aCall("stays"));

        assertThat(stores.engine().queue().expired(NOW, 10)).isEmpty();
        assertThat(stores.engine().queue().expired(NOW.plusSeconds(1), 10))
                .containsExactly(key("over"));
    }

    @Test
    void keepsParkedReportsInOrderAndOnce() {
        ParkedReports parked = stores.engine().parked();
        ExecutionReport ringing =
                new ExecutionReport(
                        execution("x"), null, new Reached(Progress.RINGING), CallFacts.NONE);
        ExecutionReport failed =
                new ExecutionReport(
                        execution("x"),
                        new Echo(key("a"), 1),
                        new Over(new Outcome.Failed(new Failure("E_1", "why"))),
                        new CallFacts(null, NOW, "human", new BigDecimal("1.5"), null, null));
        parked.park(ringing, NOW);
        parked.park(failed, NOW);
        parked.park(ringing, NOW.plusSeconds(1));

        assertThat(parked.of(execution("x"))).containsExactly(ringing, failed);
        assertThat(parked.of(execution("y"))).isEmpty();
        parked.remove(execution("x"));
        assertThat(parked.of(execution("x"))).isEmpty();
    }

    @Test
    void keepsTheTranscriptOfAParkedReport() {
        ParkedReports parked = stores.engine().parked();
        ExecutionReport told =
                new ExecutionReport(
                        execution("x"),
                        null,
                        new Over(new Outcome.Completed()),
                        CallFacts.NONE,
                        List.of(
                                new Spoken("agent", "Hello \"you\"\n— Zoë", NOW),
                                new Spoken("user", "Who?", null)));
        parked.park(told, NOW);

        assertThat(parked.of(execution("x"))).containsExactly(told);
    }

    @Test
    void forgetsOldParkedReports() {
        ParkedReports parked = stores.engine().parked();
        parked.park(
                new ExecutionReport(
                        execution("x"),
                        null,
                        new ExecutionReport.Unrecognised("weird"),
                        CallFacts.NONE),
                NOW);

        assertThat(parked.removeBefore(NOW)).isZero();
        assertThat(parked.removeBefore(NOW.plus(Duration.ofNanos(1000)))).isEqualTo(1);
    }

    @Test
    void keepsAccounts() {
        Account shop = new Account(new AccountId("shop"), "The shop", 7, 3, TestCalls.PROVIDER);

        assertThat(stores.accounts().create(shop)).isTrue();
        assertThat(stores.accounts().create(Account.named(shop.id()))).isFalse();
        assertThat(stores.accounts().find(shop.id())).contains(shop);
        assertThat(stores.accounts().find(AccountId.DEFAULT))
                .contains(Account.named(AccountId.DEFAULT));
        assertThat(stores.accounts().update(shop.id(), one -> one.withConcurrencyLimit(1)))
                .contains(shop.withConcurrencyLimit(1));
        assertThat(stores.accounts().update(new AccountId("nobody"), one -> one)).isEmpty();
        assertThat(stores.accounts().list("", 10))
                .isEqualTo(List.of(Account.named(AccountId.DEFAULT), shop.withConcurrencyLimit(1)));
        assertThat(stores.accounts().list("default", 10)).hasSize(1);
    }

    @Test
    void findsKeysByTheirHashUntilTheyAreRevoked() {
        StoredKey key = new StoredKey(AccountId.DEFAULT, "key_1", "f".repeat(64), true, NOW);
        assertThat(stores.apiKeys().any()).isFalse();

        stores.apiKeys().add(key);

        assertThat(stores.apiKeys().any()).isTrue();
        assertThat(stores.apiKeys().find("f".repeat(64))).contains(key);
        assertThat(stores.apiKeys().find("e".repeat(64))).isEmpty();
        assertThat(stores.apiKeys().revoke(new AccountId("other"), "key_1")).isFalse();
        assertThat(stores.apiKeys().revoke(AccountId.DEFAULT, "key_1")).isTrue();
        assertThat(stores.apiKeys().find("f".repeat(64))).isEmpty();
    }
}
