package linekeeper.http.results;

import java.io.Serial;
import java.net.UnknownHostException;

/// A host has an address that nobody may be sent to. Does not name it: a customer must not learn from us
/// what our resolver knows.
final class RefusedAddress extends UnknownHostException {
    @Serial private static final long serialVersionUID = 1L;

    static final String WHY = "resolves to a private, loopback or link-local address";

    RefusedAddress() {
        super(WHY);
    }
}
