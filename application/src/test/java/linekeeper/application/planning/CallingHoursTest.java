package linekeeper.application.planning;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.planning.Arrivals.Bursts;
import linekeeper.application.planning.People.Shares;
import linekeeper.application.planning.Plan.Capacity;
import linekeeper.application.planning.Plan.OwnCampaign;
import linekeeper.application.planning.Spread.Exponential;
import linekeeper.application.port.CallObserver;
import linekeeper.domain.AccountId;
import linekeeper.domain.account.Account;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.CallType;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.RetryPolicy;
import linekeeper.domain.campaign.CallingWindow;
import linekeeper.domain.campaign.Campaign;
import linekeeper.domain.campaign.CampaignRetries;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// A campaign's people are called within its window; who is not reached by its end is called when it opens
/// again (F2, G2). The plans start on Sunday, 25 October 2026, at midnight in Berlin, three hours before
/// the clocks go back.
final class CallingHoursTest {
    private static final Duration A_YEAR = Duration.ofDays(365);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final People AN_HOUR_EACH = People.talking(Spread.always(HOUR));
    private static final Set<DayOfWeek> EVERY_DAY = EnumSet.allOf(DayOfWeek.class);

    private final List<ReservedCall> dialed = new ArrayList<>();

    @Test
    void dialsFromTheMomentItOpensUntilBeforeItCloses() {
        PlanResult result = run(plan(AN_HOUR_EACH, "09:00", "11:00", campaign(3)));

        // The third gets the slot that is free the moment the window closes, had it not closed.
        assertThat(dialedAt())
                .containsExactly(
                        "2026-10-25T08:00:00Z", "2026-10-25T09:00:00Z", "2026-10-26T08:00:00Z");
        assertThat(result.finished()).isTrue();
        assertThat(result.took()).isEqualTo(Duration.ofHours(35));
    }

    @Test
    void countsAWaitFromWhenTheWindowIsOpen() {
        Waits waits = ofCampaign(run(plan(AN_HOUR_EACH, "09:00", "11:00", campaign(3))));

        assertThat(List.of(waits.quantile(0.3), waits.quantile(0.6), waits.quantile(1)))
                .containsExactly(Duration.ZERO, HOUR, Duration.ofDays(1));
    }

    @Test
    void hasCallsWaitThatAreAskedForTheMomentItCloses() {
        Traffic late = campaign(Bursts.once(1, Duration.ofHours(12)));

        run(plan(AN_HOUR_EACH, "09:00", "11:00", late));

        assertThat(dialedAt()).containsExactly("2026-10-26T08:00:00Z");
    }

    @Test
    void takesThemTheMomentItOpens() {
        Traffic early = campaign(Bursts.once(1, Duration.ofHours(34)));

        run(plan(AN_HOUR_EACH, "09:00", "11:00", early));

        assertThat(dialedAt()).containsExactly("2026-10-26T08:00:00Z");
    }

    @Test
    void hasRetriesWaitThatAreDueWhileItIsClosed() {
        PlanResult result = run(plan(nobodyAnswers(), "09:00", "10:00", campaign(1)));

        assertThat(dialedAt()).containsExactly("2026-10-25T08:00:00Z", "2026-10-26T08:00:00Z");
        assertThat(ofCampaign(result).quantile(1)).isZero();
        assertThat(result.outcomes()).isEqualTo(Map.of(CallStatus.NO_ANSWER, 1));
    }

    @Test
    void leavesDirectCallsAlone() {
        Traffic direct = Traffic.direct(AccountId.DEFAULT, Bursts.once(2, Duration.ZERO));

        run(plan(AN_HOUR_EACH, "09:00", "11:00", campaign(1), direct));

        assertThat(dialedAt())
                .containsExactly(
                        "2026-10-24T22:00:00Z", "2026-10-24T23:00:00Z", "2026-10-25T08:00:00Z");
    }

    @Test
    void isNotFinishedIfItOpensAfterTheHorizon() {
        OwnCampaign own = own(Campaign.named(TestPlans.CAMPAIGN), window("09:00", "11:00"));

        PlanResult result = run(plan(AN_HOUR_EACH, own, Duration.ofHours(3), campaign(1)));

        assertThat(result.finished()).isFalse();
        assertThat(result.took()).isEqualTo(Duration.ofHours(3));
        assertThat(dialed).isEmpty();
    }

    @Test
    void isNotFinishedWhileCallsWaitForWhatNeverComes() {
        OwnCampaign own = own(Campaign.named(TestPlans.CAMPAIGN).withConcurrencyLimit(0), null);

        PlanResult result = run(plan(AN_HOUR_EACH, own, Duration.ofDays(7), campaign(1)));

        assertThat(result.finished()).isFalse();
        assertThat(result.took()).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void keepsToItsPaceFromTheMomentItOpens() {
        CampaignRetries none = CampaignRetries.NONE;
        Campaign paced = new Campaign(TestPlans.CAMPAIGN, null, null, 1, BigDecimal.ONE, none);
        OwnCampaign own = own(paced, window("09:00", "11:00"));

        run(plan(People.talking(Spread.always(Duration.ZERO)), own, A_YEAR, campaign(3)));

        assertThat(dialedAt())
                .containsExactly(
                        "2026-10-25T08:00:00Z", "2026-10-25T08:00:01Z", "2026-10-25T08:00:02Z");
    }

    /// Whatever the window, over the night and the change of the clocks too: every dial is within it, every
    /// call is dialed, and none while a direct call could be.
    @Test
    void neverDialsOutsideAnyWindow() {
        for (int seed = 1; seed <= 40; seed++) {
            dialed.clear();
            String start = LocalTime.of(seed % 24, seed * 7 % 60).toString();
            String end = LocalTime.of((seed * 5 + 3) % 24, seed * 11 % 60).toString();
            People people =
                    new People(
                            new Shares(0.1, 0.3, 0.1, 0),
                            Spread.always(Duration.ofMillis(500)),
                            new Exponential(Duration.ofSeconds(8)),
                            Spread.always(Duration.ofSeconds(30)),
                            new Exponential(Duration.ofMinutes(10)),
                            Spread.always(Duration.ofSeconds(20)));
            Plan plan = plan(people, start, end, campaign(400)).seeded(seed);

            PlanResult result = run(plan);

            CallingWindow window = window(start, end);
            assertThat(dialed).as("seed %d", seed).hasSizeGreaterThan(400);
            assertThat(dialed)
                    .as("seed %d, %s", seed, window)
                    .allMatch(call -> window.isOpen(call.slot().reservedAt()));
            assertThat(result.finished()).isTrue();
            assertThat(result.passedOver()).isZero();
        }
    }

    private PlanResult run(Plan plan) {
        return PlanRun.of(
                plan,
                new Watch() {
                    @Override
                    public CallObserver over(CallObserver figures) {
                        return new CallObserver() {
                            @Override
                            public void reserved(ReservedCall call) {
                                dialed.add(call);
                                figures.reserved(call);
                            }

                            @Override
                            public void slotFreed(AccountId account, Instant now) {
                                figures.slotFreed(account, now);
                            }

                            @Override
                            public void ended(EndedCall call) {
                                figures.ended(call);
                            }
                        };
                    }
                });
    }

    private List<String> dialedAt() {
        return dialed.stream().map(call -> call.slot().reservedAt().toString()).toList();
    }

    private static Waits ofCampaign(PlanResult result) {
        return Objects.requireNonNull(result.waits().get(CallType.CAMPAIGN));
    }

    private static People nobodyAnswers() {
        Spread none = Spread.always(Duration.ZERO);
        return new People(new Shares(0, 1, 0, 0), none, none, none, none, none);
    }

    private static Traffic campaign(int calls) {
        return campaign(Bursts.once(calls, Duration.ZERO));
    }

    /// Each person is called twice at most, an hour after the first time.
    private static Traffic campaign(Bursts calls) {
        return new Traffic(AccountId.DEFAULT, TestPlans.CAMPAIGN, calls, null, 2);
    }

    private static CallingWindow window(String start, String end) {
        return new CallingWindow(
                EVERY_DAY,
                LocalTime.parse(start),
                LocalTime.parse(end),
                ZoneId.of("Europe/Berlin"));
    }

    private static OwnCampaign own(Campaign campaign, @Nullable CallingWindow window) {
        return new OwnCampaign(AccountId.DEFAULT, campaign, window);
    }

    private static Plan plan(People people, String start, String end, Traffic... traffic) {
        OwnCampaign own = own(Campaign.named(TestPlans.CAMPAIGN), window(start, end));
        return plan(people, own, A_YEAR, traffic);
    }

    /// One slot.
    private static Plan plan(People people, OwnCampaign own, Duration horizon, Traffic... traffic) {
        return new Plan(
                1,
                TestPlans.START,
                horizon,
                Duration.ZERO,
                new Capacity(100, 2, null, null),
                List.of(Account.named(AccountId.DEFAULT).withConcurrencyLimit(1)),
                List.of(own),
                List.of(traffic),
                List.of(),
                people,
                new RetryPolicy(
                        Map.of(
                                CallStatus.NO_ANSWER,
                                RetryPolicy.doubling(HOUR),
                                CallStatus.BUSY,
                                RetryPolicy.doubling(HOUR))));
    }
}
