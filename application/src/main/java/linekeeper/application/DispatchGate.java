package linekeeper.application;

/// Whether this node still gives out slots. Closed for good at the start of a graceful stop (I5):
/// calls are then only queued, for other nodes or the next start. Thread-safe.
public final class DispatchGate {
    private volatile boolean open = true;

    public boolean isOpen() {
        return open;
    }

    public void close() {
        open = false;
    }
}
