package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.PROVIDER;
import static linekeeper.application.contract.TestCalls.aCall;
import static linekeeper.application.contract.TestCalls.key;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.Change;
import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Intake.Candidate;
import linekeeper.domain.AccountId;
import linekeeper.domain.CampaignId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.TimelineEvent;
import linekeeper.domain.campaign.Campaign;
import linekeeper.domain.campaign.CampaignRetries;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;

/// Between a claim's look and its taking of slots nothing changes that it looked at. A limit that is lowered waits:
/// once that is answered, nobody gets a slot by the limit of before, and every slot keeps the limits it was given
/// out under (D3, I1). So does a direct call that comes back into the queue: nobody takes its turn (D2).
@Timeout(60)
final class AmidAClaimTest {
    private static final ProviderName SPARE = new ProviderName("spare");
    private static final Limits LIMITS = new Limits(10, 3, Map.of(SPARE, 0));
    private static final CampaignId AUTUMN = new CampaignId("autumn");

    private final TwoNodes nodes = new TwoNodes(LIMITS);

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void anAccountsLimitIsNotLoweredAmidAClaim() throws Exception {
        queue("a", "b", "c");

        assertThat(claimWhile(Executors.callable(this::lowerAccount)).calls()).hasSize(3);

        assertThat(beyondLimits()).isZero();
        assertThat(nodes.count("accounts WHERE concurrency_limit = 1")).isEqualTo(1);
    }

    @Test
    void aCampaignsLimitIsNotLoweredAmidAClaim() throws Exception {
        queue("a", "b", "c");

        assertThat(claimWhile(Executors.callable(this::lowerCampaign)).calls()).hasSize(3);

        assertThat(beyondLimits()).isZero();
        assertThat(nodes.count("campaigns WHERE concurrency_limit = 1")).isEqualTo(1);
    }

    @Test
    void aDirectCallDoesNotComeBackIntoTheQueueAmidAClaim() throws Exception {
        nodes.admit(0, aCall("direct"), true);
        queue("campaign");

        Claims.Given given = claimWhile(changing(AmidAClaimTest::putBack));

        assertThat(given.calls()).hasSize(1);
        assertThat(given.passedOver()).isZero();
        assertThat(nodes.count("call_queue WHERE call_id = 'direct'")).isEqualTo(1);
    }

    @Test
    void aDirectCallThatWaitsDoesNotMoveToAnotherProviderAmidAClaim() throws Exception {
        nodes.node(0).intake().admit(new Candidate(aCall("direct").build(), SPARE, NOW, null));
        queue("campaign");

        Claims.Given given = claimWhile(changing(AmidAClaimTest::moved));

        assertThat(given.calls()).hasSize(1);
        assertThat(given.passedOver()).isZero();
    }

    /// A claim passes over calls that somebody else looks at.
    @Test
    void aDirectCallThatSomebodyLooksAtIsNotLetGoAmidAClaim() throws Exception {
        nodes.admit(0, aCall("direct"), false);
        queue("campaign");
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch mayGo = new CountDownLatch(1);
        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> look =
                    other.submit(
                            () ->
                                    nodes.node(1)
                                            .calls()
                                            .change(
                                                    key("direct"),
                                                    call -> {
                                                        looking.countDown();
                                                        await(mayGo);
                                                        return Change.none(call);
                                                    }));
            await(looking);

            Claims.Given given =
                    claimWhile(
                            () -> {
                                mayGo.countDown();
                                look.get();
                                return null;
                            });

            assertThat(given.calls()).extracting(AmidAClaimTest::id).containsExactly("campaign");
            assertThat(given.passedOver()).isZero();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String id(Call call) {
        return call.key().call().value();
    }

    private Callable<?> changing(UnaryOperator<Call> step) {
        TimelineEvent told = TimelineEvent.of(NOW, "moved");
        return () ->
                nodes.node(1)
                        .calls()
                        .change(
                                key("direct"),
                                (Optional<Call> call) ->
                                        Change.to(step.apply(call.orElseThrow()), told, true));
    }

    private static Call putBack(Call call) {
        return ((ReservedCall) call).requeue(Duration.ZERO, NOW);
    }

    private static Call moved(Call call) {
        return ((QueuedCall) call).reroute(PROVIDER);
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

    /// Does the work between the claim's look and its taking of slots.
    private Claims.Given claimWhile(Callable<?> work) throws Exception {
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
            Claims.Given given =
                    nodes.database()
                            .inTransaction(
                                    () -> {
                                        claims.gate().pass();
                                        return claims.give(
                                                List.of("default"), ClaimTerms.of(10, () -> NOW));
                                    });
            working[0].get();
            return given;
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
