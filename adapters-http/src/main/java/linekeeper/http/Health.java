package linekeeper.http;

import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/// Tells the machinery around the service whether it lives and whether it can work (I4). Needs no key.
final class Health implements HttpService {
    private final Api api;

    Health(Api api) {
        this.api = api;
    }

    @Override
    public void routing(HttpRules rules) {
        api.routes()
                .at(rules)
                .get("/observe/health/live", this::live)
                .get("/observe/health/ready", this::ready);
    }

    private void live(ServerRequest request, ServerResponse response) {
        Reply.ok(response, new Members().text("status", "UP").build());
    }

    private void ready(ServerRequest request, ServerResponse response) {
        api.services()
                .readiness()
                .obstacle()
                .ifPresentOrElse(why -> notReady(response, why), () -> live(request, response));
    }

    private static void notReady(ServerResponse response, String why) {
        Reply.json(
                response,
                Status.SERVICE_UNAVAILABLE_503,
                new Members().text("status", "DOWN").text("reason", why).build());
    }
}
