package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.aCall;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.ClaimTerms;
import linekeeper.domain.AccountId;
import linekeeper.domain.CampaignId;
import linekeeper.domain.account.Limits;
import linekeeper.domain.campaign.Campaign;
import linekeeper.domain.campaign.CampaignRetries;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A limit that is lowered while slots are given out waits until they are: once the lowering is answered, nobody
/// gets a slot by the limit of before, and every slot keeps the limits it was given out under (D3, I1).
@Timeout(60)
final class LimitsAtTheGateTest {
    private static final Limits LIMITS = Limits.of(10, 3);
    private static final CampaignId AUTUMN = new CampaignId("autumn");

    private final TwoNodes nodes = new TwoNodes(LIMITS);

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void anAccountsLimitIsNotLoweredAmidAClaim() throws Exception {
        queue("a", "b", "c");

        assertThat(claimWhile(this::lowerAccount)).isEqualTo(3);

        assertThat(beyondLimits()).isZero();
        assertThat(nodes.count("accounts WHERE concurrency_limit = 1")).isEqualTo(1);
    }

    @Test
    void aCampaignsLimitIsNotLoweredAmidAClaim() throws Exception {
        queue("a", "b", "c");

        assertThat(claimWhile(this::lowerCampaign)).isEqualTo(3);

        assertThat(beyondLimits()).isZero();
        assertThat(nodes.count("campaigns WHERE concurrency_limit = 1")).isEqualTo(1);
    }

    private void lowerAccount() {
        nodes.stores(1)
                .accounts()
                .update(AccountId.DEFAULT, account -> account.withConcurrencyLimit(1));
    }

    private void lowerCampaign() {
        Campaign lowered =
                new Campaign(AUTUMN, null, null, 1, null, new CampaignRetries(null, null));
        nodes.stores(1).campaigns().put(AccountId.DEFAULT, lowered, NOW);
    }

    private void queue(String... calls) {
        for (String call : calls) {
            nodes.admit(0, aCall(call).ofCampaign(AUTUMN.value()), false);
        }
    }

    /// Does the work between the claim's look at the limits and its taking of slots.
    ///
    /// @return how many calls got a slot
    private int claimWhile(Runnable work) throws Exception {
        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?>[] working = new Future<?>[1];
            Claims claims =
                    new Claims(
                            nodes.database(),
                            LIMITS,
                            new SlotMarks(nodes.database()),
                            new QueueMarks(nodes.database()),
                            (places, due) -> {
                                working[0] = other.submit(work);
                                awaitDoneOrAtTheGate(working[0]);
                                return places.give(due);
                            });
            int claimed =
                    nodes.database()
                            .inTransaction(
                                    () -> {
                                        claims.gate().pass();
                                        ClaimTerms terms = ClaimTerms.of(10, () -> NOW);
                                        return claims.give(List.of("default"), terms)
                                                .calls()
                                                .size();
                                    });
            working[0].get();
            return claimed;
        }
    }

    private void awaitDoneOrAtTheGate(Future<?> work) {
        while (!work.isDone() && !nodes.isGateWaitedAt()) {
            Thread.onSpinWait();
        }
    }

    private long beyondLimits() {
        return new PostgresFigures(nodes.database()).trouble(NOW, NOW).beyondLimit().size();
    }
}
