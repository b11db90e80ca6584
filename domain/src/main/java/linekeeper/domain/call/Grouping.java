package linekeeper.domain.call;

import linekeeper.domain.CampaignId;
import linekeeper.domain.DriverId;

import org.jspecify.annotations.Nullable;

/// What the call is reported under besides its own id.
public record Grouping(@Nullable CampaignId campaign, @Nullable DriverId driver) {
    public static final Grouping NONE = new Grouping(null, null);

    /// A call with a campaign is a campaign call, any other a direct one.
    public CallType type() {
        return campaign == null ? CallType.DIRECT : CallType.CAMPAIGN;
    }
}
