package linekeeper.http;

import io.helidon.webserver.http.ServerRequest;

/// What every resource needs.
record Api(Routes routes, Authentication authentication, Body body, ApiServices services) {
    Caller caller(ServerRequest request) {
        return authentication.callerOf(request);
    }

    Fields fields(ServerRequest request) {
        return new Fields(body.json(request));
    }

    static String path(ServerRequest request, String name) {
        return request.path().pathParameters().get(name);
    }
}
