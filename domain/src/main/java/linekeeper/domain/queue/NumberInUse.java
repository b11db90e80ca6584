package linekeeper.domain.queue;

import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.UnconfirmedCall;

import java.time.Duration;
import java.time.Instant;

/// Whether a call keeps its number from being called again, in an account that wants no two calls to
/// one number at a time (E4).
public final class NumberInUse {
    /// For so long a call counts that nobody is known to be dialed for yet.
    public static final Duration PENDING = Duration.ofSeconds(60);

    private NumberInUse() {}

    /// A call that the provider has, or may have, counts until it ends. One that waits counts for a
    /// while from when it was accepted, one that is being dialed from when it got its slot (E3).
    public static boolean by(Call call, Instant now) {
        Instant cutoff = now.minus(PENDING);
        return switch (call) {
            case ActiveCall active -> true;
            case UnconfirmedCall unconfirmed -> true;
            case ReservedCall reserved -> reserved.slot().reservedAt().isAfter(cutoff);
            case QueuedCall queued -> queued.accepted().createdAt().isAfter(cutoff);
            case EndedCall ended -> false;
        };
    }
}
