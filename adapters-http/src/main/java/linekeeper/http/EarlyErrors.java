package linekeeper.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;

import java.nio.charset.StandardCharsets;

/// Answers what fails before or outside of any route, as a request line that cannot be read, in the
/// words of the [ErrorTable].
final class EarlyErrors implements DirectHandler {
    private final RequestIds ids;

    private EarlyErrors(RequestIds ids) {
        this.ids = ids;
    }

    static DirectHandlers handlers(RequestIds ids) {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, new EarlyErrors(ids));
        }
        return handlers.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType type,
            Status status,
            ServerResponseHeaders headers,
            String message) {
        Problem problem = ErrorTable.ofStatus(status);
        headers.set(RequestIds.HEADER, ids.idFor(request.headers()));
        headers.set(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
        problem.headers().forEach((name, value) -> headers.set(HeaderNames.create(name), value));
        return TransportResponse.builder()
                .status(status)
                .headers(headers)
                .entity(problem.json().toString().getBytes(StandardCharsets.UTF_8))
                .keepAlive(type.keepAlive())
                .build();
    }
}
