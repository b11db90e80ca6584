package linekeeper.http;

import io.helidon.http.Method;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import linekeeper.domain.CallKey;

/// Hides a call that is over (C9). Nothing is erased: its id stays taken, its timeline can be read.
final class CallRemovals implements HttpService {
    private final Api api;

    CallRemovals(Api api) {
        this.api = api;
    }

    @Override
    public void routing(HttpRules rules) {
        api.routes().at(rules).on(Method.DELETE, "/api/calls/{call_id}", this::hide);
    }

    private void hide(ServerRequest request, ServerResponse response) {
        CallKey key = api.caller(request).key(Api.path(request, "call_id"));
        switch (api.services().records().calls().hide(key, api.services().clock().instant())) {
            case HIDDEN ->
                    Reply.ok(
                            response,
                            new Members()
                                    .flag("success", true)
                                    .text("call_id", key.call())
                                    .build());
            case NOT_OVER -> throw Conflict.of("The call has not ended; cancel it first");
            case NO_SUCH_CALL -> throw api.routes().absence(request, Missing.call());
        }
    }
}
