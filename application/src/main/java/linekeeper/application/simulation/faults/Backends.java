package linekeeper.application.simulation.faults;

import linekeeper.application.port.ResultSender.Answered;
import linekeeper.application.port.ResultSender.Message;
import linekeeper.application.port.ResultSender.NotAnswered;
import linekeeper.application.port.ResultSender.Sent;
import linekeeper.domain.CallKey;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.notice.NoticeId;
import linekeeper.domain.notice.NoticeType;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The customers' backends: what they were told first, and what they took.
final class Backends {
    private static final int OK = 200;
    private static final int GONE = 410;
    private static final int BUSY = 503;

    private final Faults faults;
    private final Trace trace;
    private final Set<NoticeId> taken = new HashSet<>();
    private final Map<CallKey, Long> latest = new HashMap<>();

    Backends(Faults faults, Trace trace) {
        this.faults = faults;
        this.trace = trace;
    }

    /// A message has reached its backend.
    Sent receive(Message message) {
        Sent answer = answer(message);
        trace.step(
                "backend",
                "is told",
                new Object[] {message.notice().id().key(), message.notice().type().wireName()},
                answer);
        return answer;
    }

    private Sent answer(Message message) {
        if (faults.strikes(Fault.RECEIVER_GONE)) {
            return new Answered(GONE, null);
        }
        if (faults.strikes(Fault.RECEIVER_FAILS)) {
            return new Answered(BUSY, Duration.ofSeconds(7));
        }
        heard(message);
        if (faults.strikes(Fault.RECEIVER_FAILS)) {
            return new NotAnswered("simulated");
        }
        taken.add(message.notice().id());
        return new Answered(OK, null);
    }

    private void heard(Message message) {
        NoticeId id = message.notice().id();
        long before = latest.merge(id.key(), id.sequence(), Math::max);
        boolean first = !taken.contains(id) && !known(id);
        if (first && id.sequence() < before) {
            String what = "first heard of line " + id.sequence() + " after line " + before;
            throw new Broken(Invariant.IN_ORDER, id.key(), what);
        }
        known.add(id);
        if (message.notice().type() == NoticeType.ENDED && !(message.call() instanceof EndedCall)) {
            throw new Broken(Invariant.ONE_END, id.key(), "an end is told of " + message.call());
        }
    }

    private final Set<NoticeId> known = new HashSet<>();

    private boolean known(NoticeId id) {
        return known.contains(id);
    }

    /// Whether it answered that it has it.
    boolean took(NoticeId id) {
        return taken.contains(id);
    }
}
