package linekeeper.application.port;

import java.io.Serial;

/// The store cannot answer now: it is down, out of reach or overloaded. Nothing is known of the
/// operation's effect; every operation of the ports may be repeated.
public final class StoreUnavailable extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    public StoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    public StoreUnavailable(String message) {
        super(message);
    }
}
