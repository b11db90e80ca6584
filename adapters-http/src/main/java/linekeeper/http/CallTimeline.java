package linekeeper.http;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import jakarta.json.JsonObject;

import linekeeper.application.port.Calls;
import linekeeper.application.port.Calls.Recorded;
import linekeeper.domain.CallKey;

import java.util.List;
import java.util.TreeMap;

/// Shows a call's audit trail from its beginning (A8).
final class CallTimeline implements HttpService {
    private final Api api;
    private final Calls calls;

    CallTimeline(Api api) {
        this.api = api;
        this.calls = api.services().records().calls();
    }

    @Override
    public void routing(HttpRules rules) {
        api.routes().at(rules).get("/api/calls/{call_id}/events", this::show);
    }

    private void show(ServerRequest request, ServerResponse response) {
        CallKey key = api.caller(request).key(Api.path(request, "call_id"));
        if (calls.find(key).isEmpty()) {
            throw Missing.call();
        }
        Query query = new Query(request);
        Long after = query.value("cursor", Cursors::readNumber);
        int limit = query.limit();
        List<Recorded> found =
                calls.timeline(key, after == null ? 0 : after, Page.oneMoreThan(limit));
        Page.of(found, limit, line -> Cursors.writeNumber(line.sequence()))
                .send(response, CallTimeline::json);
    }

    private static JsonObject json(Recorded line) {
        Members detail = new Members();
        new TreeMap<>(line.event().detail()).forEach(detail::text);
        return new Members()
                .number("sequence", line.sequence())
                .text("at", line.event().at())
                .text("event", line.event().name())
                .put("detail", detail.build())
                .build();
    }
}
