package linekeeper.domain.call;

import linekeeper.domain.CallKey;
import linekeeper.domain.ProviderName;

import java.time.Instant;

/// The part of a call that no state changes: what was asked, who dials it, since when.
///
/// @param direction who called whom; the recipient is the person in either case
public record AcceptedCall(
        CallRequest request, ProviderName provider, Instant createdAt, Direction direction) {
    /// A call that is dialed here.
    public AcceptedCall(CallRequest request, ProviderName provider, Instant createdAt) {
        this(request, provider, createdAt, Direction.OUTBOUND);
    }

    public CallKey key() {
        return request.key();
    }

    /// When it is first due.
    public Instant dueAt() {
        return request.timing().dueAt(createdAt);
    }

    /// It enters the queue, first attempt.
    public QueuedCall enqueue() {
        return new QueuedCall(this, 1, dueAt(), 0);
    }
}
