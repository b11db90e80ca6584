package linekeeper.persistence;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;

import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.RetryPolicy;
import linekeeper.domain.queue.Backoff;

import org.jspecify.annotations.Nullable;

import java.io.StringReader;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/// Retry rules as the tables keep them.
final class RetryRows {
    private static final String DELAY = "delay";
    private static final String MAX_DELAY = "max_delay";

    private RetryRows() {}

    static @Nullable String json(@Nullable RetryPolicy policy) {
        if (policy == null) {
            return null;
        }
        JsonObjectBuilder json = Json.createObjectBuilder();
        policy.delays().forEach((outcome, delay) -> json.add(outcome.wireName(), json(delay)));
        return json.build().toString();
    }

    static @Nullable RetryPolicy read(@Nullable String json) {
        if (json == null) {
            return null;
        }
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            JsonObject object = reader.readObject();
            Map<CallStatus, Backoff> delays = new EnumMap<>(CallStatus.class);
            object.keySet()
                    .forEach(
                            outcome ->
                                    delays.put(
                                            CallStatus.named(outcome).orElseThrow(),
                                            delay(object.getJsonObject(outcome))));
            return new RetryPolicy(delays);
        }
    }

    private static JsonObjectBuilder json(Backoff delay) {
        return Json.createObjectBuilder()
                .add(DELAY, delay.first().toString())
                .add(MAX_DELAY, delay.longest().toString());
    }

    private static Backoff delay(JsonObject json) {
        return new Backoff(
                Duration.parse(json.getString(DELAY)), Duration.parse(json.getString(MAX_DELAY)));
    }
}
