package linekeeper.telephony.elevenlabs.fake;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Set;

/// One of the fake's conversations, as the real API shows it.
public final class FakeConversation {
    private final String id;
    private final String callSid;
    private final boolean sip;
    private final JsonObject request;
    private final Instant startedAt;
    private volatile String status = "initiated";
    private volatile @Nullable String callResult;

    FakeConversation(
            String id, String callSid, boolean sip, JsonObject request, Instant startedAt) {
        this.id = id;
        this.callSid = callSid;
        this.sip = sip;
        this.request = request;
        this.startedAt = startedAt;
    }

    public String id() {
        return id;
    }

    /// The carrier's id of the call.
    public String callSid() {
        return callSid;
    }

    public JsonObject request() {
        return request;
    }

    public String callId() {
        return variables().getString("call_id", "");
    }

    public String accountId() {
        return variables().getString("account_id", "");
    }

    public boolean over() {
        return Set.of("done", "failed").contains(status);
    }

    void become(String next, @Nullable String result) {
        status = next;
        callResult = result;
    }

    String agent() {
        return request.getString("agent_id");
    }

    String userId() {
        return clientData().getString("user_id", "");
    }

    Instant startedAt() {
        return startedAt;
    }

    private JsonObject clientData() {
        JsonObject data = request.getJsonObject("conversation_initiation_client_data");
        return data == null ? JsonValue.EMPTY_JSON_OBJECT : data;
    }

    private JsonObject variables() {
        JsonObject variables = clientData().getJsonObject("dynamic_variables");
        return variables == null ? JsonValue.EMPTY_JSON_OBJECT : variables;
    }

    /// As when it is asked for, and as the data of a transcription event.
    public JsonObject full() {
        boolean talked = status.equals("done");
        return Json.createObjectBuilder()
                .add("agent_id", agent())
                .add("conversation_id", id)
                .add("status", status)
                .add("user_id", userId())
                .add("transcript", talked ? transcript() : Json.createArrayBuilder())
                .add("metadata", metadata(talked))
                .add(
                        "conversation_initiation_client_data",
                        Json.createObjectBuilder()
                                .add("conversation_config_override", JsonValue.EMPTY_JSON_OBJECT)
                                .add(
                                        "dynamic_variables",
                                        Json.createObjectBuilder(variables())
                                                .add("system__conversation_id", id)))
                .add("has_audio", talked)
                .add("has_user_audio", talked)
                .add("has_response_audio", talked)
                .add("has_auxiliary_audio", false)
                .build();
    }

    private static JsonArrayBuilder transcript() {
        return Json.createArrayBuilder()
                .add(turn("agent", "Hello.", 0))
                .add(turn("user", "Yes?", 3));
    }

    private static JsonObjectBuilder turn(String role, String message, int second) {
        return Json.createObjectBuilder()
                .add("role", role)
                .add("message", message)
                .add("time_in_call_secs", second);
    }

    private JsonObjectBuilder metadata(boolean talked) {
        JsonObjectBuilder metadata =
                Json.createObjectBuilder()
                        .add("start_time_unix_secs", startedAt.getEpochSecond())
                        .add("call_duration_secs", talked ? 12 : 0)
                        .add("cost", talked ? 80 : 0)
                        .add("cost_fiat", JsonValue.NULL)
                        .add("phone_call", phoneCall());
        return talked
                ? metadata.add("accepted_time_unix_secs", startedAt.getEpochSecond() + 5)
                : metadata;
    }

    private JsonObjectBuilder phoneCall() {
        JsonObjectBuilder call =
                Json.createObjectBuilder()
                        .add("type", sip ? "sip_trunking" : "twilio")
                        .add("direction", "outbound")
                        .add("phone_number_id", request.getString("agent_phone_number_id"))
                        .add("agent_number", "+14155550199")
                        .add("external_number", request.getString("to_number"))
                        .add("call_sid", callSid);
        String result = callResult;
        return result == null ? call : call.add("call_result", result);
    }

    /// As in a list: neither number nor variables.
    JsonObjectBuilder row() {
        return Json.createObjectBuilder()
                .add("agent_id", agent())
                .add("conversation_id", id)
                .add("start_time_unix_secs", startedAt.getEpochSecond())
                .add("call_duration_secs", 0)
                .add("message_count", 0)
                .add("status", status)
                .add("call_successful", "unknown")
                .add("direction", "outbound");
    }
}
