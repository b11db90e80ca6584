package linekeeper.bootstrap.bench;

import java.nio.ByteBuffer;

/// What one connection asks, request after request. Called by one thread.
interface Script {
    /// Puts the next request into `buffer`; false: there is none.
    boolean next(ByteBuffer buffer);
}
