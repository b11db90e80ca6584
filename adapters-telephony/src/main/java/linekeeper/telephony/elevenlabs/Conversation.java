package linekeeper.telephony.elevenlabs;

import jakarta.json.JsonObject;

import linekeeper.telephony.exchange.Tolerant;

import org.jspecify.annotations.Nullable;

/// Where things are in a conversation object.
final class Conversation {
    private Conversation() {}

    static JsonObject metadata(JsonObject conversation) {
        return Tolerant.object(conversation, "metadata");
    }

    /// The carrier's side of it.
    static JsonObject phoneCall(JsonObject conversation) {
        return Tolerant.object(metadata(conversation), "phone_call");
    }

    /// What we sent with the dial.
    static JsonObject variables(JsonObject conversation) {
        return Tolerant.object(
                Tolerant.object(conversation, "conversation_initiation_client_data"),
                "dynamic_variables");
    }

    /// `answered`, `voicemail`, `busy`, `no_answer`, `failed`; null: an older release, which does not
    /// tell.
    static @Nullable String callResult(JsonObject conversation) {
        String result = Tolerant.text(phoneCall(conversation), "call_result");
        return result == null ? Tolerant.text(metadata(conversation), "call_result") : result;
    }
}
