package linekeeper.domain;

/// A voice agent: one of the account's own, else passed to the provider as it is.
public record AgentId(String value) {
    public AgentId {
        Text.token("agent_id", value, 128);
    }

    @Override
    public String toString() {
        return value;
    }
}
