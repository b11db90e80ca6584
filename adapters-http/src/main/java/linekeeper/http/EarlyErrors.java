package linekeeper.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.nio.charset.StandardCharsets;

/// Answers what fails before or outside of any route, as a request line that cannot be read, in the
/// words of the [ErrorTable].
final class EarlyErrors implements DirectHandler {
    private static final Status HEAD_TOO_LARGE =
            Status.create(431, "Request Header Fields Too Large");

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
            Throwable thrown,
            @Nullable Logger logger) {
        return handle(request, type, statusOf(thrown, status), headers, "");
    }

    /// Every route answers its own errors, so an illegal argument or state out here is a request that
    /// Helidon could not read: a method with strange letters (which it takes for an error of its own),
    /// or a head beyond the limit.
    private static Status statusOf(Throwable thrown, Status status) {
        return switch (thrown.getCause()) {
            case IllegalArgumentException unreadable -> Status.BAD_REQUEST_400;
            case IllegalStateException tooLong -> HEAD_TOO_LARGE;
            case null, default -> status;
        };
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
