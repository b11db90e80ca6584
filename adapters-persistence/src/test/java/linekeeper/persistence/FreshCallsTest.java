package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.PROVIDER;
import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.key;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.contract.TestCalls;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Intake.Admission;
import linekeeper.application.port.Intake.Candidate;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Limits;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/// Calls that never see the queue pass nobody who does (D2, D5).
final class FreshCallsTest {
    private static final ProviderName LIMITED = new ProviderName("limited");
    private static final Limits ONE_SLOT = new Limits(10, 1, Map.of(LIMITED, 5));

    @Test
    void letsAMoreUrgentCallThatMustBeClaimedForGoFirst() {
        try (TwoNodes nodes = new TwoNodes(ONE_SLOT)) {
            List<Admission> admitted =
                    nodes
                            .node(0)
                            .intake()
                            .admitAll(
                                    List.of(
                                            candidate(aCall("usual"), PROVIDER),
                                            candidate(aCall("urgent").prioritised(200), LIMITED)))
                            .stream()
                            .map(one -> one.orElseThrow())
                            .toList();

            assertThat(admitted.stream().flatMap(one -> one.reserved().stream()))
                    .extracting(call -> call.key())
                    .containsExactly(key("urgent"));
        }
    }

    private static Candidate candidate(TestCalls call, ProviderName provider) {
        return new Candidate(call.build(), provider, NOW, ClaimTerms.of(500, () -> NOW));
    }
}
