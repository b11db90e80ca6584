package linekeeper.domain;

/// The backend's id of a driver (C1); shorter than a call id, which is made from it.
public record DriverId(String value) {
    public DriverId {
        Text.token("driver_id", value, 100);
    }

    @Override
    public String toString() {
        return value;
    }
}
