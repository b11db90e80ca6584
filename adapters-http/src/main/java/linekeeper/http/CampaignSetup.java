package linekeeper.http;

import io.helidon.http.Method;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import linekeeper.application.port.Campaigns;
import linekeeper.domain.CampaignId;
import linekeeper.domain.campaign.Campaign;

import java.util.List;

/// Sets campaigns up and shows how far they are (F1, F3).
final class CampaignSetup implements HttpService {
    private static final String ID = "campaign_id";

    private final Api api;
    private final Campaigns campaigns;

    CampaignSetup(Api api) {
        this.api = api;
        this.campaigns = api.services().records().campaigns();
    }

    @Override
    public void routing(HttpRules rules) {
        api.routes()
                .at(rules)
                .get("/api/campaigns", this::list)
                .get("/api/campaigns/{campaign_id}", this::show)
                .on(Method.PUT, "/api/campaigns/{campaign_id}", this::put);
    }

    private void put(ServerRequest request, ServerResponse response) {
        Caller caller = api.caller(request);
        Fields fields = api.fields(request);
        CampaignFields settings = CampaignFields.read(fields);
        fields.refuseIfWrong();
        Campaign campaign = settings.campaign(id(request));
        if (!campaigns.put(caller.account(), campaign, api.services().clock().instant())) {
            throw Missing.account();
        }
        api.services().engine().rerouteWaiting().agentsChanged(caller.account());
        Reply.ok(response, CampaignJson.of(campaign));
    }

    private void show(ServerRequest request, ServerResponse response) {
        Caller caller = api.caller(request);
        Campaign campaign =
                campaigns.find(caller.account(), id(request)).orElseThrow(Missing::campaign);
        Reply.ok(
                response,
                CampaignJson.of(campaign, campaigns.counts(caller.account(), campaign.id())));
    }

    private void list(ServerRequest request, ServerResponse response) {
        Caller caller = api.caller(request);
        Query query = new Query(request);
        int limit = query.limit();
        CampaignId after = query.value("cursor", text -> new CampaignId(Cursors.open(text)));
        List<Campaign> found =
                campaigns.list(
                        caller.account(),
                        after == null ? "" : after.value(),
                        Page.oneMoreThan(limit));
        Page.of(found, limit, campaign -> Cursors.seal(campaign.id().value()))
                .send(response, CampaignJson::of);
    }

    private static CampaignId id(ServerRequest request) {
        return new CampaignId(Api.path(request, ID));
    }
}
