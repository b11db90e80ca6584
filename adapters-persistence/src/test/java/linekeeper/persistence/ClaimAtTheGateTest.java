package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.aCall;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.contract.TestCalls;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Intake.Candidate;
import linekeeper.application.port.Slots.Accounts;
import linekeeper.domain.AccountId;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.ReservedCall;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

/// A claim that waited at the gate sees what happened during the wait (D2, D3).
@Timeout(60)
final class ClaimAtTheGateTest {
    private static final Instant LATER = NOW.plusSeconds(3);

    private final TwoNodes nodes = new TwoNodes(Limits.of(10, 1));
    private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void prefersADirectCallThatWasAcceptedWhileItWaited() throws Exception {
        nodes.admit(0, aCall("campaign").ofCampaign("autumn"), false);

        List<ReservedCall> claimed =
                claimWaitingAtTheGateWhile(
                        () ->
                                nodes.node(1)
                                        .intake()
                                        .admit(
                                                new Candidate(
                                                        aCall("direct").build(),
                                                        TestCalls.PROVIDER,
                                                        LATER,
                                                        null)));

        assertThat(claimed).extracting(call -> call.key().call().value()).containsExactly("direct");
        assertThat(claimed.getFirst().slot().reservedAt()).isEqualTo(LATER);
    }

    private List<ReservedCall> claimWaitingAtTheGateWhile(Runnable work) throws Exception {
        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<ReservedCall>> claim =
                    nodes.database()
                            .inTransaction(
                                    () -> {
                                        new ClaimGate(nodes.database()).pass();
                                        Future<List<ReservedCall>> waiting =
                                                other.submit(this::claim);
                                        awaitOneAtTheGate();
                                        work.run();
                                        clock.set(LATER);
                                        return waiting;
                                    });
            return claim.get();
        }
    }

    private List<ReservedCall> claim() {
        return nodes.node(1)
                .slots()
                .claim(
                        new Accounts(Set.of(AccountId.DEFAULT)),
                        ClaimTerms.of(10, () -> clock.get()))
                .calls();
    }

    private void awaitOneAtTheGate() {
        while (!nodes.isGateWaitedAt()) {
            Thread.onSpinWait();
        }
    }
}
