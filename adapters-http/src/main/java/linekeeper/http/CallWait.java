package linekeeper.http;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import jakarta.json.JsonObject;

import linekeeper.application.WaitForecast;
import linekeeper.application.port.Calls;
import linekeeper.domain.CallKey;
import linekeeper.domain.call.Call;

import java.time.InstantSource;

/// Shows why a call waits, where it stands and when it will probably start (G1). Of a call that does not
/// wait only its status is known.
final class CallWait implements HttpService {
    private final Api api;
    private final Calls calls;
    private final WaitForecast forecast;
    private final InstantSource clock;

    CallWait(Api api) {
        this.api = api;
        this.calls = api.services().records().calls();
        this.forecast = api.services().engine().waitForecast();
        this.clock = api.services().clock();
    }

    @Override
    public void routing(HttpRules rules) {
        api.routes().at(rules).get("/api/calls/{call_id}/wait", this::show);
    }

    private void show(ServerRequest request, ServerResponse response) {
        CallKey key = api.caller(request).key(Api.path(request, "call_id"));
        Call call = calls.find(key).orElseThrow(Missing::call);
        Reply.ok(
                response,
                forecast.of(call, clock.instant())
                        .map(waits -> ForecastJson.wait(call, waits))
                        .orElseGet(() -> current(key)));
    }

    /// It may have got its slot since it was looked at.
    private JsonObject current(CallKey key) {
        return ForecastJson.noWait(calls.find(key).orElseThrow(Missing::call));
    }
}
