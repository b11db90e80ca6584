package linekeeper.application.port;

import linekeeper.domain.CallKey;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.Line;
import linekeeper.domain.call.LiveCall;

import java.time.Instant;

/// One attempt to call somebody, as a provider is told of it.
///
/// @param reservedAt the provider was asked after this
public record DialOrder(CallRequest request, int attempt, Instant reservedAt, Line line) {
    public static DialOrder of(LiveCall call) {
        CallRequest request = call.accepted().request();
        return new DialOrder(
                request, call.attempt(), call.slot().reservedAt(), call.accepted().line());
    }

    public CallKey key() {
        return request.key();
    }

    public ExecutionReport.Echo echo() {
        return new ExecutionReport.Echo(key(), attempt);
    }
}
