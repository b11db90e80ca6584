package linekeeper.domain.call;

import linekeeper.domain.CallKey;
import linekeeper.domain.ProviderName;

import java.time.Instant;

/// What was asked, who dials it, since when. Only a waiting call can get another provider, and only
/// the reservation of a slot another line; nothing else changes.
///
/// @param line the one its slot was given for; while it waits, what was asked
/// @param direction who called whom; the recipient is the person in either case
public record AcceptedCall(
        CallRequest request,
        ProviderName provider,
        Line line,
        Instant createdAt,
        Direction direction) {
    public AcceptedCall(
            CallRequest request, ProviderName provider, Instant createdAt, Direction direction) {
        this(request, provider, Line.asAsked(request.routing()), createdAt, direction);
    }

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

    /// It is dialed over `next`.
    AcceptedCall over(Line next) {
        return new AcceptedCall(request, provider, next, createdAt, direction);
    }

    /// Another provider is to dial it.
    AcceptedCall via(ProviderName next) {
        return new AcceptedCall(request, next, createdAt, direction);
    }
}
