package linekeeper.domain.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import linekeeper.domain.CampaignId;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;

/// What a campaign may be set to (F3, F4, D8).
final class CampaignTest {
    private static final CampaignId ID = new CampaignId("autumn");

    @Test
    void saysNothingUnlessItIsSetUp() {
        Campaign campaign = Campaign.named(ID);

        assertThat(campaign.concurrencyLimit()).isNull();
        assertThat(campaign.retries()).isEqualTo(new CampaignRetries(null, null));
    }

    @Test
    void takesAPaceOfUpToAThousandCallsASecond() {
        assertThat(paced("0.001").callsPerSecond()).isEqualTo("0.001");
        assertThat(paced("1000").callsPerSecond()).isEqualTo("1000");
        assertThat(paced("2.50").callsPerSecond()).isEqualTo("2.5");
        for (String wrong : new String[] {"0", "-1", "1000.001", "0.0001"}) {
            assertThatThrownBy(() -> paced(wrong))
                    .as(wrong)
                    .hasMessageStartingWith("calls_per_second must be");
        }
    }

    @Test
    void takesOneToTenAttemptsAndNoNegativeLimit() {
        assertThatThrownBy(() -> new CampaignRetries(11, null))
                .hasMessage("retry.max_attempts must be 1 to 10");
        assertThatThrownBy(() -> new CampaignRetries(0, null))
                .hasMessage("retry.max_attempts must be 1 to 10");
        assertThatThrownBy(() -> Campaign.named(ID).withConcurrencyLimit(-1))
                .hasMessage("concurrency_limit must be 0 to 100000");
    }

    private static Campaign paced(String pace) {
        return new Campaign(ID, null, null, null, new BigDecimal(pace), CampaignRetries.NONE);
    }
}
