package linekeeper.domain.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import linekeeper.domain.call.CallType;
import linekeeper.domain.queue.Occupancy.Scope;
import linekeeper.domain.queue.Occupancy.Use;
import linekeeper.domain.queue.QueueOrder.Rank;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// The order of service, and what a waiting call is told (D1, D2, D5, D6).
final class QueueTest {
    private static final Instant NOW = Instant.parse("2026-03-29T01:00:00Z");

    @Test
    void servesDirectBeforeCampaignThenPriorityThenDueThenTicket() {
        Rank low = new Rank(CallType.DIRECT, 1, NOW, 1);
        Rank early = new Rank(CallType.DIRECT, 100, NOW.minusSeconds(1), 9);
        Rank first = new Rank(CallType.DIRECT, 100, NOW, 2);
        Rank second = new Rank(CallType.DIRECT, 100, NOW, 3);
        Rank campaign = new Rank(CallType.CAMPAIGN, 1000, NOW.minusSeconds(99), 0);
        List<Rank> ranks = new ArrayList<>(List.of(campaign, low, second, first, early));

        Collections.sort(ranks);

        assertThat(ranks).containsExactly(early, first, second, low, campaign);
    }

    @Test
    void knowsTheTightestLimit() {
        Occupancy occupancy =
                new Occupancy(
                        List.of(
                                new Use(Scope.ACCOUNT, 1, 2),
                                new Use(Scope.PROVIDER, 3, 3),
                                new Use(Scope.SYSTEM, 9, 9)));

        assertThat(occupancy.tightestLimit()).isEqualTo(2);
    }

    @Test
    void learnsHoldingTimesAndForgetsThePrior() {
        assertThat(HoldingTime.observed(List.of())).isEqualTo(HoldingTime.PRIOR);

        HoldingTime learned =
                HoldingTime.observed(Collections.nCopies(1000, Duration.ofSeconds(10)));

        assertThat(learned.meanSeconds()).isBetween(10.0, 10.5);
        assertThat(learned.variation()).isLessThan(0.5);
    }

    @Test
    void estimatesLikeARaceOfExponentialCalls() {
        // The 6th of the calls in 3 slots starts when the 6th slot is freed.
        HoldingTime minute = new HoldingTime(60, 1, 1_000_000);
        Random random = new Random(20261121);
        double[] starts = new double[20_000];
        for (int run = 0; run < starts.length; run++) {
            for (int freed = 0; freed < 6; freed++) {
                starts[run] += -Math.log(1 - random.nextDouble()) * 60 / 3;
            }
        }
        Arrays.sort(starts);

        WaitEstimate estimate = WaitEstimate.of(6, 3, minute);

        assertThat(estimate.p50().toMillis() / 1000.0)
                .isCloseTo(starts[starts.length / 2], withPercentage(3));
        assertThat(estimate.p90().toMillis() / 1000.0)
                .isCloseTo(starts[starts.length * 9 / 10], withPercentage(3));
    }

    @Test
    void roundsTheWaitUpToWholeMinutes() {
        assertThat(new WaitEstimate(Duration.ofMillis(1), Duration.ZERO).minutes()).isEqualTo(1);
        assertThat(new WaitEstimate(Duration.ofSeconds(60), Duration.ZERO).minutes()).isEqualTo(1);
        assertThat(new WaitEstimate(Duration.ofSeconds(61), Duration.ZERO).minutes()).isEqualTo(2);
    }

    @Test
    void promisesNothingWithoutSlots() {
        assertThat(WaitEstimate.of(1, 0, HoldingTime.PRIOR).p50()).isEqualTo(Duration.ofDays(30));
    }

    @Test
    void doublesDelaysUpToTheLongest() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));

        assertThat(List.of(0, 1, 5, 6, 1000).stream().map(backoff::delay))
                .containsExactly(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(32),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60));
    }
}
