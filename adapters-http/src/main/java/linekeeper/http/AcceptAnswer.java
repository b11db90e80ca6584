package linekeeper.http;

import static linekeeper.http.JsonParts.JSON;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;

import jakarta.json.JsonObjectBuilder;

import linekeeper.application.WaitForecast.Forecast;
import linekeeper.domain.call.Call;

/// How `POST /api/calls/outbound` answers.
final class AcceptAnswer {
    private static final HeaderName REPLAY = HeaderNames.create("Idempotent-Replay");

    private AcceptAnswer() {}

    static void markReplay(ServerResponse response) {
        response.header(REPLAY, "true");
    }

    static void started(ServerResponse response, Call call) {
        Reply.ok(response, accepted(call).build());
    }

    static void queued(ServerResponse response, Forecast forecast) {
        JsonObjectBuilder json = accepted(forecast.call());
        ForecastJson.addTo(json, forecast);
        Reply.json(response, Status.ACCEPTED_202, json.build());
    }

    private static JsonObjectBuilder accepted(Call call) {
        return JSON.createObjectBuilder()
                .add("success", true)
                .add("call_id", call.key().call().value())
                .add("status", call.status().wireName());
    }
}
