package linekeeper.domain.call;

import java.util.Arrays;
import java.util.Optional;

/// Who called whom (E6). This service dials; calls that came in are only known from imported records.
public enum Direction {
    OUTBOUND("outbound"),
    INBOUND("inbound");

    private final String wireName;

    Direction(String wireName) {
        this.wireName = wireName;
    }

    /// As the public API and the database spell it.
    public String wireName() {
        return wireName;
    }

    public static Optional<Direction> named(String wireName) {
        return Arrays.stream(values()).filter(d -> d.wireName.equals(wireName)).findFirst();
    }
}
