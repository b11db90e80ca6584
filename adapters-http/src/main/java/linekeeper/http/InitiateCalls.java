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
import linekeeper.application.Dialed;
import linekeeper.application.PlaceCall.NotTried;
import linekeeper.application.PlaceCall.Tried;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.Grouping;

/// Places a direct call and waits for the provider's answer (D1).
final class InitiateCalls implements HttpService {
    private final Api api;

    InitiateCalls(Api api) {
        this.api = api;
    }

    @Override
    public void routing(HttpRules rules) {
        api.routes().at(rules).post("/api/calls/initiate", this::initiate);
    }

    private void initiate(ServerRequest request, ServerResponse response) {
        Caller caller = api.caller(request);
        CallRequest wanted = requested(caller, api.fields(request));
        switch (api.services().engine().placeCall().initiate(wanted)) {
            case Tried(var call, var dialed) -> tried(response, call, dialed);
            case NotTried(Accepted accepted) -> notTried(response, accepted);
        }
    }

    /// One id is made here if the caller sent none, and used everywhere.
    private CallRequest requested(Caller caller, Fields fields) {
        CallId id = fields.value(CallId::new, "callId", "call_id", "custom_call_id");
        if (fields.has("campaign_id", "campaignId")) {
            fields.wrong("campaign_id", "makes it a campaign call; use /api/calls/outbound");
        }
        CallFields call = CallFields.read(fields);
        fields.refuseIfWrong();
        CallId own = id == null ? new CallId(api.services().ids().get().toString()) : id;
        CallKey key = new CallKey(caller.account(), own);
        return api.stillInTime(call.knowing(api, fields, key).request(key, Grouping.NONE));
    }

    private void tried(ServerResponse response, Call call, Dialed dialed) {
        switch (dialed) {
            case Dialed.Bound(var execution) ->
                    InitiateAnswer.initiated(response, call.key(), execution);
            case Dialed.Refused(var failure) -> throw InitiateAnswer.refused(call.key(), failure);
            case Dialed.Unconfirmed() -> InitiateAnswer.unknown(response, call.key());
            case Dialed.Expired() -> throw Conflict.of("The call expired before it was dialed");
            case Dialed.Withdrawn() ->
                    throw Conflict.of("The call was cancelled before it was dialed");
            case Dialed.PutBack(), Dialed.Overtaken() -> asItIs(response, call.key());
        }
    }

    private void notTried(ServerResponse response, Accepted accepted) {
        switch (accepted) {
            case Waits(var forecast) -> InitiateAnswer.queued(response, forecast);
            case Replayed(var call, var forecast) -> replay(response, call);
            case Contradicts contradiction -> throw Conflict.of(contradiction);
            case NumberTaken taken -> throw Conflict.of(taken);
            case NoSuchAccount() -> throw Missing.account();
            case Starts starts -> throw new IllegalStateException("accepted, yet not dialed");
        }
    }

    private void replay(ServerResponse response, Call call) {
        AcceptAnswer.markReplay(response);
        asItIs(response, call.key());
    }

    private void asItIs(ServerResponse response, CallKey key) {
        ApiServices services = api.services();
        Call call = services.records().calls().find(key).orElseThrow(Missing::call);
        services.engine()
                .waitForecast()
                .of(call, services.clock().instant())
                .ifPresentOrElse(
                        forecast -> InitiateAnswer.queued(response, forecast),
                        () -> InitiateAnswer.current(response, call));
    }
}
