package linekeeper.http;

import java.util.Optional;

/// Says whether the service can do its work. Thread-safe; answers within seconds.
@FunctionalInterface
public interface Readiness {
    /// Why it cannot, for operators; empty: it can.
    Optional<String> obstacle();
}
