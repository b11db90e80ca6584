package linekeeper.http;

import static linekeeper.http.JsonParts.JSON;

import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;

import jakarta.json.JsonObjectBuilder;

import linekeeper.application.WaitForecast.Forecast;
import linekeeper.domain.CallKey;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.UnconfirmedCall;

import java.util.Map;

/// How `POST /api/calls/initiate` answers.
final class InitiateAnswer {
    private InitiateAnswer() {}

    static void initiated(ServerResponse response, CallKey key, ExecutionId execution) {
        Reply.ok(
                response,
                about(key, "Call initiated successfully")
                        .add("success", true)
                        .add("executionId", execution.value())
                        .build());
    }

    static void queued(ServerResponse response, Forecast forecast) {
        JsonObjectBuilder json =
                about(forecast.call().key(), "Call queued successfully")
                        .add("success", true)
                        .add("status", CallStatus.QUEUED.wireName());
        ForecastJson.addTo(json, forecast);
        Reply.json(response, Status.ACCEPTED_202, json.build());
    }

    static void unknown(ServerResponse response, CallKey key) {
        pending(
                response,
                key,
                CallStatus.DIAL_UNKNOWN,
                "The provider's answer was lost; the call is being looked up");
    }

    static ProblemException refused(CallKey key, Failure failure) {
        return Problem.of(Status.BAD_GATEWAY_502, "The provider refused: " + failure.message())
                .with(
                        Map.of(
                                "callId", key.call().value(),
                                "call_id", key.call().value(),
                                "error_code", failure.code()))
                .asException();
    }

    /// How a call stands that was asked for before.
    static void current(ServerResponse response, Call call) {
        switch (call) {
            case ActiveCall active -> initiated(response, call.key(), active.execution());
            case EndedCall ended -> ended(response, ended);
            case UnconfirmedCall unconfirmed -> unknown(response, call.key());
            case ReservedCall reserved ->
                    pending(response, call.key(), call.status(), "Call is being dialed");
            case QueuedCall queued ->
                    pending(response, call.key(), call.status(), "Call queued successfully");
        }
    }

    private static void ended(ServerResponse response, EndedCall call) {
        if (call.execution() != null) {
            initiated(response, call.key(), call.execution());
        } else if (call.outcome() instanceof Outcome.Failed(Failure failure)) {
            throw refused(call.key(), failure);
        } else {
            throw Conflict.of("The call has ended: " + call.status().wireName());
        }
    }

    private static void pending(
            ServerResponse response, CallKey key, CallStatus status, String message) {
        Reply.json(
                response,
                Status.ACCEPTED_202,
                about(key, message).add("status", status.wireName()).build());
    }

    private static JsonObjectBuilder about(CallKey key, String message) {
        return JSON.createObjectBuilder().add("callId", key.call().value()).add("message", message);
    }
}
