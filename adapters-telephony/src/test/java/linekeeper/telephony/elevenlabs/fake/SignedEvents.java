package linekeeper.telephony.elevenlabs.fake;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The events ElevenLabs posts, and its signature under them.
public final class SignedEvents {
    public static final String HEADER = "ElevenLabs-Signature";

    private SignedEvents() {}

    /// The end of a conversation.
    public static String transcription(FakeConversation conversation) {
        return event("post_call_transcription", conversation.full());
    }

    /// A call that did not become a conversation. Carries none of our ids.
    ///
    /// @param reason `busy`, `no-answer` or `unknown`
    public static String initiationFailure(FakeConversation conversation, String reason) {
        return event(
                "call_initiation_failure",
                Json.createObjectBuilder()
                        .add("agent_id", conversation.agent())
                        .add("conversation_id", conversation.id())
                        .add("failure_reason", reason)
                        .add(
                                "metadata",
                                Json.createObjectBuilder()
                                        .add("type", "twilio")
                                        .add(
                                                "body",
                                                Json.createObjectBuilder()
                                                        .add("CallStatus", reason)))
                        .build());
    }

    public static String event(String type, JsonObject data) {
        return Json.createObjectBuilder()
                .add("type", type)
                .add("event_timestamp", Instant.now().getEpochSecond())
                .add("data", data)
                .build()
                .toString();
    }

    /// The header's text.
    public static String signature(String secret, Instant at, byte[] body) {
        return "t=" + at.getEpochSecond() + ",v0=" + digest(secret, at, body);
    }

    static String digest(String secret, Instant at, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((at.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
