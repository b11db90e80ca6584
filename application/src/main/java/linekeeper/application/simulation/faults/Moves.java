package linekeeper.application.simulation.faults;

import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.call.UnboundCall;
import linekeeper.domain.call.UnconfirmedCall;

import java.util.Objects;

/// Which steps a call may make: written down once more, apart from the code that makes them.
final class Moves {
    private Moves() {}

    /// A call's id, content and place in time, and within an attempt its execution, are for ever.
    static boolean sameIds(Call before, Call after) {
        return before.key().equals(after.key())
                && before.accepted().request().equals(after.accepted().request())
                && before.accepted().createdAt().equals(after.accepted().createdAt())
                && before.accepted().maxAttempts() == after.accepted().maxAttempts()
                && sameExecution(before, after);
    }

    private static boolean sameExecution(Call before, Call after) {
        return switch (before) {
            case ActiveCall active when after instanceof ActiveCall next ->
                    active.execution().equals(next.execution());
            case ActiveCall active when after instanceof EndedCall ended ->
                    active.execution().equals(ended.execution());
            case EndedCall ended when after instanceof EndedCall next ->
                    ended.execution() == null
                            || Objects.equals(ended.execution(), next.execution());
            default -> true;
        };
    }

    static boolean forward(Call before, Call after) {
        if (after.attempt() != before.attempt()) {
            return before instanceof LiveCall
                    && (after instanceof QueuedCall || after instanceof ReservedCall)
                    && after.attempt() == before.attempt() + 1;
        }
        return switch (before) {
            case QueuedCall queued -> !(after instanceof ActiveCall);
            case ReservedCall reserved -> sameSlot(reserved, after);
            case UnconfirmedCall unknown ->
                    after instanceof EndedCall
                            || (after instanceof LiveCall && !(after instanceof ReservedCall));
            case ActiveCall active -> forward(active, after);
            case EndedCall ended ->
                    after instanceof EndedCall next
                            && ended.outcome().equals(next.outcome())
                            && ended.span().equals(next.span());
        };
    }

    /// Whoever was put back may be the next who gets a slot, in the same commit.
    private static boolean sameSlot(UnboundCall before, Call after) {
        return !(after instanceof LiveCall live)
                || after instanceof ReservedCall
                || live.slot().lease().equals(before.slot().lease());
    }

    private static boolean forward(ActiveCall before, Call after) {
        return switch (after) {
            case ActiveCall active ->
                    active.progress().compareTo(before.progress()) >= 0
                            && active.slot().lease().equals(before.slot().lease());
            case EndedCall ended -> true;
            case QueuedCall queued -> false;
            case UnboundCall unbound -> false;
        };
    }
}
