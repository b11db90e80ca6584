package linekeeper.domain.call;

import linekeeper.domain.ConversationId;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the provider tells about a call besides its state; every part may be missing.
///
/// @param answeredAt when somebody or something answered
/// @param answeredBy the provider's word for who: `human`, `machine`, `machine_start`, `fax`
/// @param durationSeconds of the conversation
/// @param cost in the provider's own unit, as it came
public record CallFacts(
        @Nullable ConversationId conversation,
        @Nullable Instant answeredAt,
        @Nullable String answeredBy,
        @Nullable BigDecimal durationSeconds,
        @Nullable BigDecimal cost,
        @Nullable String recordingUrl) {
    public static final CallFacts NONE = new CallFacts(null, null, null, null, null, null);

    public CallFacts withConversation(@Nullable ConversationId id) {
        return new CallFacts(id, answeredAt, answeredBy, durationSeconds, cost, recordingUrl);
    }

    public CallFacts withAnsweredAt(Instant at) {
        return new CallFacts(conversation, at, answeredBy, durationSeconds, cost, recordingUrl);
    }

    /// Whether an answering machine took the call, in whatever stage it was heard; a fax is none.
    public boolean answeredByMachine() {
        return answeredBy != null && answeredBy.startsWith("machine");
    }

    /// These facts, with `newer` ones in their place where it has any.
    public CallFacts mergedWith(CallFacts newer) {
        return new CallFacts(
                either(newer.conversation, conversation),
                either(newer.answeredAt, answeredAt),
                either(newer.answeredBy, answeredBy),
                either(newer.durationSeconds, durationSeconds),
                either(newer.cost, cost),
                either(newer.recordingUrl, recordingUrl));
    }

    /// What is known, by the names that the public API gives it.
    public Map<String, Object> told() {
        Map<String, Object> told = new LinkedHashMap<>();
        put(told, "conversation_id", conversation);
        put(told, "answered_at", answeredAt);
        put(told, "answered_by", answeredBy);
        put(told, "duration_seconds", durationSeconds);
        put(told, "cost", cost);
        put(told, "recording_url", recordingUrl);
        return told;
    }

    private static void put(Map<String, Object> told, String name, @Nullable Object value) {
        if (value != null) {
            told.put(name, value);
        }
    }

    private static <T> @Nullable T either(@Nullable T first, @Nullable T second) {
        return first == null ? second : first;
    }
}
