package linekeeper.application.port;

import linekeeper.domain.call.Call;

import java.util.Optional;

/// What becomes of a call.
///
/// @param <R> what the asker wants to know of it
@FunctionalInterface
public interface Decision<R> {
    /// @param current empty: there is no such call
    Change<R> decide(Optional<Call> current);
}
