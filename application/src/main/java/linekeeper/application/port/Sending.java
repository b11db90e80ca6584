package linekeeper.application.port;

import linekeeper.domain.notice.Notice;

/// Where leased notices go to be sent by somebody else's thread.
public interface Sending {
    /// Has the notice sent soon. Never blocks and never refuses.
    void submit(Notice notice);
}
