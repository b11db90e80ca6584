package linekeeper.domain;

/// The provider's id of one attempt to call: Bolna's execution, Twilio's call SID. Unique per provider
/// (B4).
public record ExecutionId(ProviderName provider, String value) {
    public ExecutionId {
        Text.token("execution_id", value, 256);
    }

    @Override
    public String toString() {
        return provider + ":" + value;
    }
}
