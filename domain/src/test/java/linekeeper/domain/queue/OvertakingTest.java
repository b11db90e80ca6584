package linekeeper.domain.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import linekeeper.domain.call.CallType;
import linekeeper.domain.queue.Inflow.Kind;
import linekeeper.domain.queue.Inflow.Rate;
import linekeeper.domain.queue.WaitEstimate.Line;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Who comes later and goes first is foreseen (D1, G1).
final class OvertakingTest {
    private static final Kind DIRECT = new Kind(CallType.DIRECT, 100);
    private static final Kind CAMPAIGN = new Kind(CallType.CAMPAIGN, 0);
    private static final HoldingTime MINUTE = new HoldingTime(60, 1, 1_000_000);

    @Test
    void onlyWhoGoesFirstOvertakes() {
        Kind urgent = new Kind(CallType.DIRECT, 200);
        Inflow inflow =
                new Inflow(Collections.nCopies(10, Map.of(DIRECT, 18, CAMPAIGN, 90, urgent, 9)));

        assertThat(inflow.overtaking(urgent).perSecond()).isZero();
        assertThat(inflow.overtaking(DIRECT).perSecond()).isCloseTo(0.05, within(1e-9));
        assertThat(inflow.overtaking(CAMPAIGN).perSecond()).isCloseTo(0.15, within(1e-9));
        assertThat(Inflow.NONE.overtaking(CAMPAIGN)).isEqualTo(Rate.NONE);
    }

    @Test
    void doesNotExpectABurstToGoOn() {
        List<Map<Kind, Integer>> stretches =
                new ArrayList<>(Collections.nCopies(9, Map.of(DIRECT, 9)));
        stretches.add(Map.of(DIRECT, 10_000));

        assertThat(new Inflow(stretches).overtaking(CAMPAIGN).perSecond()).isBetween(0.05, 0.07);
    }

    /// The 20th of those who wait for 4 slots, of which overtakers take half.
    @Test
    void estimatesLikeABusyPeriod() {
        Random random = new Random(20261121);
        double[] starts = new double[20_000];
        for (int run = 0; run < starts.length; run++) {
            starts[run] = start(random, 20, 4 / 60.0, 2 / 60.0);
        }
        Arrays.sort(starts);

        WaitEstimate estimate =
                WaitEstimate.of(new Line(20, 4, 4, 0), MINUTE, new Rate(2 / 60.0, 1_000_000));

        assertThat(seconds(estimate.p50())).isCloseTo(starts[10_000], withPercentage(3));
        assertThat(seconds(estimate.p90())).isCloseTo(starts[18_000], withPercentage(3));
    }

    /// @param freed slots freed per second, which whoever is ahead takes
    private static double start(Random random, int position, double freed, double overtaking) {
        double now = 0;
        int ahead = position;
        while (ahead > 0) {
            now += -Math.log(1 - random.nextDouble()) / (freed + overtaking);
            ahead += random.nextDouble() * (freed + overtaking) < freed ? -1 : 1;
        }
        return now;
    }

    /// A campaign with 2 of 8 slots does not feel direct calls that keep 4 busy.
    @Test
    void onlyWhoTakesItsSlotsSlowsACampaign() {
        WaitEstimate alone = WaitEstimate.of(10, 2, MINUTE);

        assertThat(WaitEstimate.of(new Line(10, 2, 8, 0), MINUTE, new Rate(4 / 60.0, 1_000)))
                .isEqualTo(alone);
        assertThat(WaitEstimate.of(new Line(10, 2, 8, 0), MINUTE, new Rate(7 / 60.0, 1_000)).p50())
                .isGreaterThan(alone.p50());
    }

    @Test
    void isLessSureTheLessWasSeen() {
        WaitEstimate few = WaitEstimate.of(1000, 4, new HoldingTime(60, 1, 10));
        WaitEstimate many = WaitEstimate.of(1000, 4, MINUTE);

        assertThat(few.p90()).isGreaterThan(many.p90().plus(Duration.ofHours(1)));
    }

    /// Two must end before anybody starts; while there are six they go faster than four would.
    @Test
    void waitsForWhatALoweredLimitLeft() {
        WaitEstimate lowered = WaitEstimate.of(new Line(50, 4, 4, 2), MINUTE, Rate.NONE);

        double extra = seconds(lowered.p50()) - seconds(WaitEstimate.of(50, 4, MINUTE).p50());
        assertThat(extra).isBetween(20.0, 30.0);
    }

    @Test
    void tellsSomethingHoweverManyOvertake() {
        WaitEstimate estimate =
                WaitEstimate.of(new Line(1, 1, 1, 0), MINUTE, new Rate(1_000, 1_000));

        assertThat(estimate.p90()).isLessThanOrEqualTo(Duration.ofDays(30));
        assertThat(estimate.p50()).isPositive();
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1e3;
    }
}
