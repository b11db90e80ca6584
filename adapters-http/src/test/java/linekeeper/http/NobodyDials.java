package linekeeper.http;

import linekeeper.application.port.Dialing;
import linekeeper.domain.call.ReservedCall;

/// Leaves calls where they are.
final class NobodyDials implements Dialing {
    @Override
    public void submit(ReservedCall call) {}

    @Override
    public int room() {
        return 0;
    }
}
