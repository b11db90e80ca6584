package linekeeper.domain.call;

import linekeeper.domain.CallKey;
import linekeeper.domain.ProviderName;

import java.time.Instant;

/// What was asked, who dials it, since when. Only a waiting call can get another provider, and only
/// the reservation of a slot another line; nothing else changes.
///
/// @param line the one its slot was given for; while it waits, what was asked
/// @param maxAttempts how often the person may be dialed: as asked, else as the campaign said then
/// @param direction who called whom; the recipient is the person in either case
public record AcceptedCall(
        CallRequest request,
        ProviderName provider,
        Line line,
        Instant createdAt,
        int maxAttempts,
        Direction direction) {
    /// A call that is dialed here.
    public AcceptedCall(
            CallRequest request, ProviderName provider, Instant createdAt, int maxAttempts) {
        this(
                request,
                provider,
                Line.asAsked(request.routing()),
                createdAt,
                maxAttempts,
                Direction.OUTBOUND);
    }

    /// A call that may have come in.
    public AcceptedCall(
            CallRequest request, ProviderName provider, Instant createdAt, Direction direction) {
        this(
                request,
                provider,
                Line.asAsked(request.routing()),
                createdAt,
                request.attemptsOr(1),
                direction);
    }

    /// A call that is dialed here, and whose campaign, if it has one, says nothing about attempts.
    public AcceptedCall(CallRequest request, ProviderName provider, Instant createdAt) {
        this(request, provider, createdAt, request.attemptsOr(1));
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
        return new AcceptedCall(request, provider, next, createdAt, maxAttempts, direction);
    }

    /// Another provider is to dial it.
    AcceptedCall via(ProviderName next) {
        return new AcceptedCall(
                request, next, Line.asAsked(request.routing()), createdAt, maxAttempts, direction);
    }
}
