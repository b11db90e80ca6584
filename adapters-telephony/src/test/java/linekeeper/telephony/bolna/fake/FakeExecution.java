package linekeeper.telephony.bolna.fake;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;

/// One of the fake's calls, as the real API would show it: naive timestamps, strings for durations.
public final class FakeExecution {
    private static final DateTimeFormatter NAIVE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);
    private static final Set<String> OVER =
            Set.of(
                    "completed",
                    "no-answer",
                    "busy",
                    "failed",
                    "canceled",
                    "stopped",
                    "error",
                    "balance-low");

    private final String id;
    private final JsonObject request;
    private final Instant createdAt;
    private volatile String status = "queued";

    FakeExecution(String id, JsonObject request, Instant createdAt) {
        this.id = id;
        this.request = request;
        this.createdAt = createdAt;
    }

    public String id() {
        return id;
    }

    public String callId() {
        return userData().getString("call_id", "");
    }

    public String accountId() {
        return userData().getString("account_id", "");
    }

    public int attempt() {
        return userData().getInt("attempt", 0);
    }

    public JsonObject request() {
        return request;
    }

    public String status() {
        return status;
    }

    public boolean over() {
        return OVER.contains(status);
    }

    void become(String next) {
        status = next;
    }

    String agent() {
        return request.getString("agent_id");
    }

    public Instant createdAt() {
        return createdAt;
    }

    private JsonObject userData() {
        JsonObject data = request.getJsonObject("user_data");
        return data == null ? JsonValue.EMPTY_JSON_OBJECT : data;
    }

    /// As in a webhook and in `GET /executions/{id}`.
    public JsonObject full() {
        boolean talked = status.equals("completed");
        return row().add(
                        "context_details",
                        Json.createObjectBuilder()
                                .add("recipient_data", userData())
                                .add("recipient_phone_number", number()))
                .add("conversation_duration", talked ? 12.0 : 0)
                .add("total_cost", talked ? 8.4 : 0)
                .add("error_message", JsonValue.NULL)
                .add("answered_by_voice_mail", JsonValue.NULL)
                .build();
    }

    /// As in a list, which shows less.
    JsonObjectBuilder row() {
        return Json.createObjectBuilder()
                .add("id", id)
                .add("agent_id", agent())
                .add("created_at", NAIVE.format(createdAt))
                .add("status", status)
                .add(
                        "telephony_data",
                        Json.createObjectBuilder()
                                .add("duration", "0.0")
                                .add("to_number", number())
                                .add("recording_url", ""));
    }

    private String number() {
        return request.getString("recipient_phone_number");
    }
}
