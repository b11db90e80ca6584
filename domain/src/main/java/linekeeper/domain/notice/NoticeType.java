package linekeeper.domain.notice;

import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.LiveCall;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.UnboundCall;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// What a backend is told of, in the order it happens within an attempt (A5).
public enum NoticeType {
    /// The provider has the call.
    STARTED("call.started"),
    /// An attempt is over and another follows.
    ATTEMPT_ENDED("call.attempt_ended"),
    /// The call is over.
    ENDED("call.ended");

    private final String wireName;

    NoticeType(String wireName) {
        this.wireName = wireName;
    }

    /// As the public API and the database spell it.
    public String wireName() {
        return wireName;
    }

    public static Optional<NoticeType> named(String wireName) {
        return Arrays.stream(values()).filter(t -> t.wireName.equals(wireName)).findFirst();
    }

    /// What there is to tell of a step, whatever made the call take it.
    public static Set<NoticeType> told(Step step) {
        Call before = step.before();
        Call after = step.after();
        EnumSet<NoticeType> told = EnumSet.noneOf(NoticeType.class);
        // An attempt that was bound and ended in one commit has begun, too.
        EndedCall attempt = step.attempt();
        Call reached = attempt == null ? after : attempt;
        if (waitsForExecution(before) && hasExecution(reached)) {
            told.add(STARTED);
        }
        if (before instanceof LiveCall
                && after instanceof QueuedCall
                && after.attempt() > before.attempt()) {
            told.add(ATTEMPT_ENDED);
        }
        if (after instanceof EndedCall && !(before instanceof EndedCall)) {
            told.add(ENDED);
        }
        return told;
    }

    private static boolean waitsForExecution(Call call) {
        return switch (call) {
            case QueuedCall queued -> true;
            case UnboundCall unbound -> true;
            case ActiveCall active -> false;
            case EndedCall ended -> false;
        };
    }

    private static boolean hasExecution(Call call) {
        return switch (call) {
            case ActiveCall active -> true;
            case EndedCall ended -> ended.execution() != null;
            case UnboundCall unbound -> false;
            case QueuedCall queued -> false;
        };
    }
}
