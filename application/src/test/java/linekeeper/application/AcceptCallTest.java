package linekeeper.application;

import static linekeeper.application.contract.TestCalls.aCall;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.AcceptCall.Waits;
import linekeeper.domain.AccountId;
import linekeeper.domain.account.Limits;

import org.junit.jupiter.api.Test;

/// Whoever took a call in has a slot looked for that may have come free meanwhile, and only then (B6).
final class AcceptCallTest {
    @Test
    void wakesNobodyForACallWhoseAccountHasNoSlotFree() {
        TestEngine engine = new TestEngine(Limits.of(10, 1), store -> store);
        engine.start(aCall("live"));

        assertThat(engine.start(aCall("waits"))).isInstanceOf(Waits.class);

        assertThat(engine.woken).isEmpty();
    }

    /// The limit that holds it is not its account's, so whoever frees a slot need not be of its account.
    @Test
    void wakesTheDispatcherForACallThatWaitsThoughItsAccountHasASlotFree() {
        TestEngine engine = new TestEngine(Limits.of(1, 2), store -> store);
        engine.start(aCall("live"));

        assertThat(engine.start(aCall("waits"))).isInstanceOf(Waits.class);

        assertThat(engine.woken).containsExactly(AccountId.DEFAULT);
    }
}
