package linekeeper.domain;

/// A provider's id of the conversation that a transcript belongs to (C3).
public record ConversationId(String value) {
    public ConversationId {
        Text.token("conversation_id", value, 256);
    }

    @Override
    public String toString() {
        return value;
    }
}
