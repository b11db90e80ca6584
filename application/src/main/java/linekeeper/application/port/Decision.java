package linekeeper.application.port;

import java.util.Optional;
import linekeeper.domain.call.Call;

/// What becomes of a call.
///
/// @param <R> what the asker wants to know of it
@FunctionalInterface
public interface Decision<R> {
    /// @param current empty: there is no such call
    Change<R> decide(Optional<Call> current);
}
