package linekeeper.domain;

/// The backend's id of a campaign; a call that has one is a campaign call.
public record CampaignId(String value) {
    public CampaignId {
        Text.token("campaign_id", value, 128);
    }

    @Override
    public String toString() {
        return value;
    }
}
