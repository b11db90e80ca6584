package linekeeper.application.port;

import linekeeper.domain.ConversationId;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.call.Failure;

import org.jspecify.annotations.Nullable;

/// How a provider answered a dial.
public sealed interface DialResult {
    /// It dials, under this id.
    record Accepted(ExecutionId execution, @Nullable ConversationId conversation)
            implements DialResult {}

    /// It said no: nobody was dialed.
    ///
    /// @param retryable it will say yes later (it was busy), so the call waits instead of failing
    record Refused(Failure failure, boolean retryable) implements DialResult {}

    /// The request certainly did not reach it: nobody was dialed.
    record NotSent(String cause) implements DialResult {}

    /// The request was sent and no answer can be read: somebody may have been dialed (H1).
    record Unknown(String cause) implements DialResult {}
}
