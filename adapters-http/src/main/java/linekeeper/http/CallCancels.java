package linekeeper.http;

import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import linekeeper.application.CancelCall;
import linekeeper.application.CancelCall.AlreadyOver;
import linekeeper.application.CancelCall.BeingDialed;
import linekeeper.application.CancelCall.CannotHangUp;
import linekeeper.application.CancelCall.HangUpAsked;
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
            case HangUpAsked() -> hangingUp(response, key);
            case CannotHangUp(String why) -> throw Conflict.of("Cannot hang up: " + why);
            case BeingDialed() ->
                    throw Conflict.of("The call is being dialed; there is nothing to hang up yet");
            case AlreadyOver(var call) ->
                    throw Conflict.of("The call has ended: " + call.status().wireName());
            case NoSuchCall() -> throw Missing.call();
        }
    }

    private void hangingUp(ServerResponse response, CallKey key) {
        CallStatus status =
                api.services().records().calls().find(key).orElseThrow(Missing::call).status();
        Reply.json(
                response,
                Status.ACCEPTED_202,
                about(key, status).text("message", "The provider was asked to hang up").build());
    }

    private static Members about(CallKey key, CallStatus status) {
        return new Members()
                .flag("success", true)
                .text("call_id", key.call())
                .text("status", status.wireName());
    }
}
