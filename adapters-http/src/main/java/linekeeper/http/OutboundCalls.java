package linekeeper.http;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import linekeeper.application.AcceptCall.Accepted;
import linekeeper.application.AcceptCall.Contradicts;
import linekeeper.application.AcceptCall.NoSuchAccount;
import linekeeper.application.AcceptCall.NumberTaken;
import linekeeper.application.AcceptCall.Replayed;
import linekeeper.application.AcceptCall.Starts;
import linekeeper.application.AcceptCall.Waits;
import linekeeper.application.PlaceCall;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.CampaignId;
import linekeeper.domain.DriverId;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.Grouping;

import java.util.Objects;

/// Accepts a call under the backend's own id (A1, A4).
final class OutboundCalls implements HttpService {
    private static final String ID = "custom_call_id";

    private final Api api;
    private final PlaceCall placeCall;

    OutboundCalls(Api api) {
        this.api = api;
        this.placeCall = api.services().engine().placeCall();
    }

    @Override
    public void routing(HttpRules rules) {
        api.routes().at(rules).post("/api/calls/outbound", this::accept);
    }

    private void accept(ServerRequest request, ServerResponse response) {
        Caller caller = api.caller(request);
        answer(response, placeCall.start(requested(caller, api.fields(request))));
    }

    private CallRequest requested(Caller caller, Fields fields) {
        if (!fields.has(ID)) {
            fields.missing(ID, ID + " (backend call_id) is required");
        }
        CallId id = fields.value(CallId::new, ID);
        CampaignId campaign = fields.value(CampaignId::new, "campaign_id", "campaignId");
        DriverId driver = fields.value(DriverId::new, "driver_id", "driverId");
        CallFields call = CallFields.read(fields);
        fields.refuseIfWrong();
        CallKey key = new CallKey(caller.account(), Objects.requireNonNull(id));
        Grouping grouping = new Grouping(campaign, driver);
        return api.stillInTime(call.knowing(api, fields, key).request(key, grouping));
    }

    private static void answer(ServerResponse response, Accepted accepted) {
        switch (accepted) {
            case Starts(var call) -> AcceptAnswer.started(response, call);
            case Waits(var forecast) -> AcceptAnswer.queued(response, forecast);
            case Replayed replayed -> replay(response, replayed);
            case Contradicts contradiction -> throw Conflict.of(contradiction);
            case NumberTaken taken -> throw Conflict.of(taken);
            case NoSuchAccount() -> throw Missing.account();
        }
    }

    private static void replay(ServerResponse response, Replayed replayed) {
        AcceptAnswer.markReplay(response);
        replayed.forecast()
                .ifPresentOrElse(
                        forecast -> AcceptAnswer.queued(response, forecast),
                        () -> AcceptAnswer.started(response, replayed.call()));
    }
}
