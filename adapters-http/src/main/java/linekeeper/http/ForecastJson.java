package linekeeper.http;

import static linekeeper.http.JsonParts.JSON;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;

import linekeeper.application.WaitForecast.Forecast;
import linekeeper.domain.call.Call;
import linekeeper.domain.queue.HoldReason;
import linekeeper.domain.queue.WaitEstimate;

import java.math.BigDecimal;
import java.time.Duration;

/// A waiting call's prospects as JSON (D1, D5, D6).
final class ForecastJson {
    private ForecastJson() {}

    static void addTo(JsonObjectBuilder json, Forecast forecast) {
        json.add("reason", forecast.reason().text())
                .add("reason_code", forecast.reason().code())
                .add("queue", queue(forecast));
    }

    static JsonObject wait(Call call, Forecast forecast) {
        JsonArrayBuilder reasons = JSON.createArrayBuilder();
        JsonArrayBuilder codes = JSON.createArrayBuilder();
        for (HoldReason reason : forecast.reasons()) {
            reasons.add(reason.text());
            codes.add(reason.code());
        }
        return new Members()
                .text("status", call.status().wireName())
                .text("reason", forecast.reason().text())
                .put("reasons", reasons.build())
                .put("reason_codes", codes.build())
                .number("position", forecast.place().position())
                .number("total_in_queue", forecast.place().total())
                .put("start_estimate_seconds", seconds(forecast.estimate()).build())
                .text("next_possible_at", forecast.nextPossibleAt())
                .build();
    }

    /// Of a call that has its slot, or is over.
    static JsonObject noWait(Call call) {
        return new Members()
                .text("status", call.status().wireName())
                .put("reason", null)
                .put("reasons", JsonValue.EMPTY_JSON_ARRAY)
                .put("reason_codes", JsonValue.EMPTY_JSON_ARRAY)
                .put("position", null)
                .put("total_in_queue", null)
                .put("start_estimate_seconds", null)
                .put("next_possible_at", null)
                .build();
    }

    private static JsonObjectBuilder queue(Forecast forecast) {
        WaitEstimate estimate = forecast.estimate();
        return JSON.createObjectBuilder()
                .add("id", forecast.call().key().call().value())
                .add("position", forecast.place().position())
                .add("total_in_queue", forecast.place().total())
                .add("estimated_wait", estimate.minutes())
                .add("estimated_wait_seconds", seconds(estimate));
    }

    private static JsonObjectBuilder seconds(WaitEstimate estimate) {
        return JSON.createObjectBuilder()
                .add("p50", seconds(estimate.p50()))
                .add("p90", seconds(estimate.p90()));
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3);
    }
}
