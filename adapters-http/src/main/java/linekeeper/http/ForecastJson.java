package linekeeper.http;

import static linekeeper.http.JsonParts.JSON;

import jakarta.json.JsonObjectBuilder;

import linekeeper.application.WaitForecast.Forecast;
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
