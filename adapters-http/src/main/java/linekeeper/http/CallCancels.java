package linekeeper.http;

import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import linekeeper.application.CancelCall;
import linekeeper.application.CancelCall.AlreadyOver;
import linekeeper.application.CancelCall.CannotHangUp;
import linekeeper.application.CancelCall.HangUpAsked;
import linekeeper.application.CancelCall.HangUpNoted;
import linekeeper.application.CancelCall.NoSuchCall;
import linekeeper.application.CancelCall.Withdrawn;
import linekeeper.domain.CallKey;
import linekeeper.domain.call.CallStatus;

/// Cancels calls (H5).
final class CallCancels implements HttpService {
    private final Api api;
    private final CancelCall cancelCall;

    CallCancels(Api api) {
        this.api = api;
        this.cancelCall = api.services().engine().cancelCall();
    }

    @Override
    public void routing(HttpRules rules) {
        api.routes().at(rules).post("/api/calls/{call_id}/cancel", this::cancel);
    }

    private void cancel(ServerRequest request, ServerResponse response) {
        CallKey key = api.caller(request).key(Api.path(request, "call_id"));
        switch (cancelCall.cancel(key)) {
            case Withdrawn() -> Reply.ok(response, about(key, CallStatus.CANCELLED).build());
            case HangUpAsked() -> live(response, key, "The provider was asked to hang up");
            case HangUpNoted() ->
                    live(response, key, "The call is hung up as soon as the provider has it");
            case CannotHangUp(String why) ->
                    throw Conflict.of("Cannot hang up: " + why + "; no other attempt follows");
            case AlreadyOver(var call) ->
                    throw Conflict.of("The call has ended: " + call.status().wireName());
            case NoSuchCall() -> throw Missing.call();
        }
    }

    private void live(ServerResponse response, CallKey key, String message) {
        CallStatus status =
                api.services().records().calls().find(key).orElseThrow(Missing::call).status();
        Reply.json(
                response, Status.ACCEPTED_202, about(key, status).text("message", message).build());
    }

    private static Members about(CallKey key, CallStatus status) {
        return new Members()
                .flag("success", true)
                .text("call_id", key.call())
                .text("status", status.wireName());
    }
}
