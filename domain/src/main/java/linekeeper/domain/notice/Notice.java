package linekeeper.domain.notice;

import java.time.Instant;

/// One thing that a customer's backend is told, at least once (H4).
///
/// @param createdAt when what it tells of happened
public record Notice(NoticeId id, NoticeType type, Instant createdAt, Telling telling) {
    public Notice with(Telling next) {
        return new Notice(id, type, createdAt, next);
    }
}
