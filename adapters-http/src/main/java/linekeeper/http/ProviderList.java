package linekeeper.http;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import jakarta.json.JsonObject;

import linekeeper.application.ProviderStates.State;
import linekeeper.domain.provider.CircuitBreaker;
import linekeeper.domain.queue.Rate;

/// Shows how the providers are doing, as this node sees them (H6).
final class ProviderList implements HttpService {
    private final Api api;

    ProviderList(Api api) {
        this.api = api;
    }

    @Override
    public void routing(HttpRules rules) {
        api.routes().at(rules).get("/api/providers", this::list);
    }

    private void list(ServerRequest request, ServerResponse response) {
        api.caller(request);
        new ListAnswer<>(api.services().engine().providerStates().list(), null)
                .send(response, ProviderList::json);
    }

    private static JsonObject json(State state) {
        Rate rate = state.use().rate();
        return new Members()
                .text("name", state.name())
                .flag("configured", state.configured())
                .number("limit", state.use().limit())
                .number("active", state.use().active())
                .decimal("calls_per_second", rate == null ? null : rate.perSecond())
                .put("breaker", json(state.breaker()))
                .build();
    }

    private static JsonObject json(CircuitBreaker breaker) {
        Members json = new Members().text("state", breaker.wireName());
        return switch (breaker) {
            case CircuitBreaker.Closed closed ->
                    json.text("since", closed.since()).text("next_probe_at", null).build();
            case CircuitBreaker.Open open ->
                    json.text("since", open.since()).text("next_probe_at", open.probeAt()).build();
        };
    }
}
