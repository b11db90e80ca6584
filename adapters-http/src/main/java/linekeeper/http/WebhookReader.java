package linekeeper.http;

import linekeeper.application.port.ExecutionReport;

import java.util.Optional;

/// Understands what one provider posts. Thread-safe.
@FunctionalInterface
public interface WebhookReader {
    /// Empty: this is no report of an execution.
    Optional<ExecutionReport> read(byte[] body);
}
