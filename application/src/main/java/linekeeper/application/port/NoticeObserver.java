package linekeeper.application.port;

import linekeeper.domain.notice.Notice;

/// Watches deliveries, for figures. Called after the commit; must be quick and must not throw.
public interface NoticeObserver {
    NoticeObserver NONE = new NoticeObserver() {};

    default void delivered(Notice notice) {}

    /// It is tried again later.
    default void failed(Notice notice) {}

    /// It is given up.
    default void died(Notice notice) {}
}
