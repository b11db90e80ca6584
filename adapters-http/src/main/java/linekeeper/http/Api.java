package linekeeper.http;

import io.helidon.webserver.http.ServerRequest;

import linekeeper.domain.InvalidValue;
import linekeeper.domain.call.CallRequest;

/// What every resource needs.
record Api(Routes routes, Authentication authentication, Body body, ApiServices services) {
    Caller caller(ServerRequest request) {
        return authentication.callerOf(request);
    }

    Fields fields(ServerRequest request) {
        return new Fields(body.json(request));
    }

    /// A call that expired before it was asked for is refused, unless it is a repetition: that one gets
    /// its answer, however late it comes.
    CallRequest stillInTime(CallRequest request) {
        if (request.timing().expired(services.clock().instant())
                && services.records().calls().find(request.key()).isEmpty()) {
            throw new InvalidValue("expires_at", "must be in the future");
        }
        return request;
    }

    static String path(ServerRequest request, String name) {
        return request.path().pathParameters().get(name);
    }
}
