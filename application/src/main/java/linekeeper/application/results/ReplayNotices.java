package linekeeper.application.results;

import linekeeper.application.port.Notices;
import linekeeper.application.port.Notices.ReplayRange;
import linekeeper.application.port.Notices.Replayed;
import linekeeper.application.port.Wake;
import linekeeper.domain.AccountId;
import linekeeper.domain.notice.Notice;
import linekeeper.domain.notice.NoticeId;

import java.time.InstantSource;
import java.util.Optional;

/// Has notices sent again, under the ids they had (H4). Thread-safe.
public final class ReplayNotices {
    private final Notices notices;
    private final Wake wake;
    private final InstantSource clock;

    ReplayNotices(Notices notices, Wake wake, InstantSource clock) {
        this.notices = notices;
        this.wake = wake;
        this.clock = clock;
    }

    /// Empty: there is no such notice.
    public Optional<Notice> one(NoticeId id) {
        Optional<Notice> replayed = notices.replay(id, clock.instant());
        wake.tell(id.key().account());
        return replayed;
    }

    public Replayed range(AccountId account, ReplayRange range) {
        Replayed replayed = notices.replay(account, range, clock.instant());
        wake.tell(account);
        return replayed;
    }
}
