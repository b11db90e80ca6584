package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.Analytics.By;
import linekeeper.application.port.Analytics.Group;
import linekeeper.application.port.Analytics.Query;
import linekeeper.domain.AccountId;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.CallStatus;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The sums are those of the calls (F8).
final class AnalyticsTest {
    private static final Instant LATE = Instant.parse("2026-03-28T23:59:59Z");

    private final TwoNodes nodes = new TwoNodes(Limits.of(10, 10));
    private final PostgresAnalytics analytics = new PostgresAnalytics(nodes.database());

    @BeforeEach
    void fill() {
        nodes.account("other", 1);
        call("default", "a", "autumn", LATE, "completed", NOW, 60, 2);
        call("default", "b", "autumn", NOW, "voicemail", NOW, 5, 1);
        call("default", "c", "autumn", NOW, "busy", null, null, 3);
        call("default", "d", null, NOW, "cancelled", null, null, 1);
        call("default", "old", "autumn", NOW.minus(Duration.ofDays(9)), "busy", null, null, 1);
        call("other", "e", "autumn", NOW, "completed", NOW, 60, 1);
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void addsUpByCampaign() {
        Group autumn = groups(By.CAMPAIGN, 9).getFirst();

        assertThat(autumn.key()).isEqualTo("autumn");
        assertThat(autumn.calls()).isEqualTo(3);
        assertThat(autumn.ended())
                .isEqualTo(
                        Map.of(
                                CallStatus.COMPLETED, 1L,
                                CallStatus.VOICEMAIL, 1L,
                                CallStatus.BUSY, 1L));
        assertThat(autumn.dialed()).isEqualTo(3);
        assertThat(autumn.answered()).isEqualTo(1);
        assertThat(autumn.attempts()).isEqualTo(6);
        assertThat(autumn.timed()).isEqualTo(2);
        assertThat(autumn.seconds()).isEqualByComparingTo("65");
        assertThat(autumn.cost()).isEqualByComparingTo("0.75");
    }

    @Test
    void countsNoDialOfACallThatNeverHadASlot() {
        Group direct = groups(By.CAMPAIGN, 9).getLast();

        assertThat(direct.key()).isNull();
        assertThat(direct.dialed()).isZero();
        assertThat(direct.attempts()).isZero();
    }

    @Test
    void tellsDaysInTheirOrderAndInUniversalTime() {
        assertThat(groups(By.DAY, 9))
                .extracting(Group::key)
                .containsExactly("2026-03-28", "2026-03-29");
    }

    @Test
    void givesNoMoreGroupsThanAsked() {
        assertThat(groups(By.CAMPAIGN, 1)).hasSize(1);
        assertThat(groups(By.AGENT, 9)).hasSize(1);
        assertThat(groups(By.DRIVER, 9)).hasSize(1);
    }

    private List<Group> groups(By by, int most) {
        Query week = new Query(by, NOW.minus(Duration.ofDays(7)), NOW.plusSeconds(1));
        return analytics.groups(AccountId.DEFAULT, week, most);
    }

    /// @param answered null: nobody answered; the call was dialed unless it was cancelled
    private void call(
            String account,
            String id,
            @Nullable String campaign,
            Instant created,
            String outcome,
            @Nullable Instant answered,
            @Nullable Integer seconds,
            int attempt) {
        nodes.database()
                .update(
                        Sql.of(
                                        """
                                        WITH call AS (
                                            INSERT INTO calls (account_id, call_id, phone_number,
                                                campaign_id, priority, max_attempts, user_data,
                                                provider, created_at)
                                            VALUES (:account, :id, '+14155550100',
                                                CAST(:campaign AS text), 0, 3, '{}', 'simulated',
                                                :created))
                                        INSERT INTO call_ends (account_id, call_id, provider,
                                            created_at, outcome, answered_at, duration_seconds, cost,
                                            attempt, started_at, ended_at)
                                        VALUES (:account, :id, 'simulated', :created, :outcome,
                                            CAST(:answered AS timestamptz), CAST(:seconds AS numeric),
                                            0.25, :attempt,
                                            CASE WHEN :outcome <> 'cancelled'
                                                 THEN CAST(:created AS timestamptz) END,
                                            :created)
                                        """)
                                .with("account", account)
                                .with("id", id)
                                .with("campaign", campaign)
                                .with("created", created)
                                .with("outcome", outcome)
                                .with("answered", answered)
                                .with("seconds", seconds)
                                .with("attempt", attempt));
    }
}
