package linekeeper.telephony.elevenlabs.fake;

import jakarta.json.JsonObject;

import linekeeper.telephony.fake.CreateLedger;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the fake counts for itself. Thread-safe.
public final class FakeLedger extends CreateLedger {
    private final Map<String, FakeConversation> conversations = new LinkedHashMap<>();
    private final List<String> reads = new ArrayList<>();

    void asked(JsonObject request) {
        JsonObject client = request.getJsonObject("conversation_initiation_client_data");
        JsonObject variables = client.getJsonObject("dynamic_variables");
        asked(
                variables.getString("account_id"),
                client.getString("user_id"),
                variables.getInt("attempt"));
    }

    synchronized void placed(FakeConversation conversation) {
        conversations.put(conversation.id(), conversation);
    }

    synchronized void read(String path) {
        reads.add(path);
    }

    synchronized @Nullable FakeConversation find(String id) {
        return conversations.get(id);
    }

    public synchronized List<FakeConversation> all() {
        return List.copyOf(conversations.values());
    }

    /// The latest conversation of a call.
    public FakeConversation of(String callId) {
        return all().reversed().stream()
                .filter(one -> one.callId().equals(callId))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody dialed " + callId));
    }

    /// How many GET requests came for paths that contain this.
    public synchronized long reads(String part) {
        return reads.stream().filter(path -> path.contains(part)).count();
    }
}
