package linekeeper.domain.notice;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How far telling has come.
public enum NoticeStatus {
    /// To be sent when it is due. Written with the change it tells of, or by a replay.
    PENDING,
    /// The receiver answered 2xx.
    DELIVERED,
    /// Given up; only a replay sends it again.
    DEAD;

    /// As the public API and the database spell it.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<NoticeStatus> named(String wireName) {
        return Arrays.stream(values()).filter(s -> s.wireName().equals(wireName)).findFirst();
    }
}
