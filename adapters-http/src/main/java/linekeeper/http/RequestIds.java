package linekeeper.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerResponse;

import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Gives every answer an `X-Request-Id`: the caller's own if it is fit for a log, else a new one.
final class RequestIds implements Filter {
    static final HeaderName HEADER = HeaderNames.create("X-Request-Id");

    private static final Pattern FIT = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");

    private final Supplier<UUID> ids;

    RequestIds(Supplier<UUID> ids) {
        this.ids = ids;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        response.header(HEADER, idFor(request.headers()));
        chain.proceed();
    }

    String idFor(ServerRequestHeaders headers) {
        return headers.first(HEADER)
                .filter(id -> FIT.matcher(id).matches())
                .orElseGet(() -> ids.get().toString());
    }

    static String of(ServerResponse response) {
        return response.headers().first(HEADER).orElse("-");
    }
}
