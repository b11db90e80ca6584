package linekeeper.telephony.elevenlabs.fake;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Lists of conversations: newest first, in pages with an opaque cursor. They may lag behind.
final class FakeLists {
    private static final int DEFAULT_SIZE = 30;
    private static final int LARGEST = 100;

    private final FakeLedger ledger;
    volatile boolean userIdsLag;
    volatile boolean allLag;

    FakeLists(FakeLedger ledger) {
        this.ledger = ledger;
    }

    /// Null: the query is not valid.
    @Nullable JsonObject page(Map<String, String> query) {
        int size = Integer.parseInt(query.getOrDefault("page_size", "" + DEFAULT_SIZE));
        if (size < 1 || size > LARGEST) {
            return null;
        }
        int from = query.containsKey("cursor") ? offset(query.get("cursor")) : 0;
        List<FakeConversation> found =
                ledger.all().stream()
                        .filter(one -> matches(one, query))
                        .sorted(Comparator.comparing(FakeConversation::startedAt).reversed())
                        .toList();
        JsonArrayBuilder rows = Json.createArrayBuilder();
        found.stream().skip(from).limit(size).forEach(one -> rows.add(one.row()));
        boolean more = from + size < found.size();
        JsonObjectBuilder page =
                Json.createObjectBuilder().add("conversations", rows).add("has_more", more);
        return (more
                        ? page.add("next_cursor", cursor(from + size))
                        : page.add("next_cursor", JsonValue.NULL))
                .build();
    }

    private boolean matches(FakeConversation one, Map<String, String> query) {
        long start = one.startedAt().getEpochSecond();
        String user = query.get("user_id");
        return !allLag
                && (user == null || (!userIdsLag && user.equals(one.userId())))
                && one.agent().equals(query.getOrDefault("agent_id", one.agent()))
                && start >= Long.parseLong(query.getOrDefault("call_start_after_unix", "0"))
                && start
                        <= Long.parseLong(
                                query.getOrDefault("call_start_before_unix", "99999999999"));
    }

    private static String cursor(int offset) {
        return Base64.getEncoder()
                .encodeToString(("from " + offset).getBytes(StandardCharsets.UTF_8));
    }

    private static int offset(String cursor) {
        String text = new String(Base64.getDecoder().decode(cursor), StandardCharsets.UTF_8);
        return Integer.parseInt(text.substring("from ".length()));
    }
}
