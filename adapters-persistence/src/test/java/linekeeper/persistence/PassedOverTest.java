package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.PROVIDER;
import static linekeeper.application.contract.TestCalls.aCall;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.contract.TestCalls;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Intake.Candidate;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Limits;
import linekeeper.domain.queue.Places;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/// A claim in the wrong order is noticed, one in the right order is not suspected (D7).
final class PassedOverTest {
    /// Campaign calls first.
    private static final Claims.Choice WRONG =
            (places, due) ->
                    places.give(due.stream().filter(call -> call.campaign() != null).toList());

    private static final Limits LIMITS = Limits.of(10, 1);

    private final TwoNodes nodes = new TwoNodes(LIMITS);

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void noticesACampaignCallInTheTurnOfADirectOne() {
        queued(aCall("direct"), PROVIDER);
        queued(aCall("campaign").ofCampaign("autumn"), PROVIDER);

        Claims.Given taken = claim(WRONG);

        assertThat(taken.calls())
                .extracting(call -> call.key().call().value())
                .containsExactly("campaign");
        assertThat(taken.passedOver()).isEqualTo(1);
    }

    @Test
    void suspectsNothingWhenTheDirectCallGoesFirst() {
        queued(aCall("direct"), PROVIDER);
        queued(aCall("campaign").ofCampaign("autumn"), PROVIDER);

        assertThat(claim(Places::give).passedOver()).isZero();
    }

    @Test
    void suspectsNothingWhenTheDirectCallCouldNotHaveHadTheSlot() {
        queued(aCall("later").notBefore(NOW.plusSeconds(1)), PROVIDER);
        queued(aCall("over").expiringAt(NOW), PROVIDER);
        queued(aCall("elsewhere").of("other"), PROVIDER);
        queued(aCall("by-another"), new ProviderName("spare"));
        queued(aCall("campaign").ofCampaign("autumn"), PROVIDER);

        Claims.Given taken = claim(WRONG);

        assertThat(taken.calls()).hasSize(1);
        assertThat(taken.passedOver()).isZero();
    }

    private Claims.Given claim(Claims.Choice choice) {
        Claims claims =
                new Claims(
                        nodes.database(),
                        LIMITS,
                        new SlotMarks(nodes.database()),
                        new QueueMarks(nodes.database()),
                        choice);
        return nodes.database()
                .inTransaction(
                        () -> {
                            claims.gate().pass();
                            return claims.give(List.of("default"), ClaimTerms.of(10, () -> NOW));
                        });
    }

    private void queued(TestCalls call, ProviderName provider) {
        nodes.account("other", 1);
        nodes.node(0).intake().admit(new Candidate(call.build(), provider, NOW, null));
    }
}
