package linekeeper.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import linekeeper.application.port.StoreUnavailable;
import linekeeper.http.metrics.Metrics;

import java.util.Optional;

/// Tells Prometheus (D7, I4): an administrator everything, an account what waits and is live of its own.
/// While the database is away, an administrator gets what needs none.
final class MetricsPage implements HttpService {
    private final Api api;
    private final Metrics metrics;
    private final KnownWatchers watchers = new KnownWatchers();

    MetricsPage(Api api) {
        this.api = api;
        this.metrics = api.services().metrics();
    }

    @Override
    public void routing(HttpRules rules) {
        api.routes().at(rules).get("/observe/metrics", this::scrape);
    }

    private void scrape(ServerRequest request, ServerResponse response) {
        byte[] text = text(request);
        response.header(HeaderNames.CONTENT_TYPE, Metrics.MEDIA_TYPE);
        Reply.bytes(response, text);
    }

    private byte[] text(ServerRequest request) {
        String credentials = credentials(request);
        try {
            Caller caller = api.caller(request);
            if (caller.admin()) {
                watchers.remember(credentials, api.services().clock().instant());
                return metrics.all();
            }
            return metrics.of(caller.account());
        } catch (StoreUnavailable away) {
            // Whose key it is cannot be looked up now, so it counts that it was looked up lately.
            if (watchers.knows(credentials, api.services().clock().instant())) {
                return metrics.withoutStore();
            }
            throw away;
        }
    }

    private static String credentials(ServerRequest request) {
        Optional<String> key = request.headers().first(HeaderNames.AUTHORIZATION);
        return key.orElse("");
    }
}
