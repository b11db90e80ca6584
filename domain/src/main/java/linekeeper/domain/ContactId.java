package linekeeper.domain;

/// The backend's id of a person to call.
public record ContactId(String value) {
    public ContactId {
        Text.token("contact_id", value, 128);
    }

    @Override
    public String toString() {
        return value;
    }
}
