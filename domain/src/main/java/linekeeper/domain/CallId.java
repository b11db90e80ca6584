package linekeeper.domain;

/// The backend's own id of a call; the one id it has everywhere (A2). Opaque: 1 to 128 printable
/// ASCII characters without spaces (A6).
public record CallId(String value) {
    public CallId {
        Text.token("call_id", value, 128);
    }

    @Override
    public String toString() {
        return value;
    }
}
