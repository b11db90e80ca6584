package linekeeper.application.port;

import linekeeper.domain.call.ReservedCall;

/// Where reserved calls go to be dialed by somebody else's thread.
public interface Dialing {
    /// Has the call dialed soon. Never blocks and never refuses: a call that is not dialed in time is
    /// put back by [linekeeper.application.DialCall].
    void submit(ReservedCall call);

    /// How many more calls could be dialed right now; claims ask for no more.
    int room();
}
