package linekeeper.application.simulation.faults;

import linekeeper.application.port.Change;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.Call;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.Progress;
import linekeeper.domain.call.TimelineEvent;

/// Steps that a call must not make.
final class BrokenSteps {
    private BrokenSteps() {}

    static final class Backward implements Wrong.Twist {
        @Override
        public <R> Change<R> change(Call current, Change<R> decided) {
            return current instanceof ActiveCall active
                            && decided.next() == null
                            && active.progress() != Progress.PLACED
                    ? Change.to(
                            with(active, active.execution(), Progress.PLACED),
                            TimelineEvent.of(active.seenAt(), "placed"),
                            decided.answer())
                    : decided;
        }
    }

    static final class Exchange implements Wrong.Twist {
        @Override
        public <R> Change<R> change(Call current, Change<R> decided) {
            return current instanceof ActiveCall && decided.next() instanceof ActiveCall next
                    ? Change.to(
                            with(
                                    next,
                                    new ExecutionId(next.execution().provider(), "another"),
                                    next.progress()),
                            TimelineEvent.of(next.seenAt(), "exchanged"),
                            decided.answer())
                    : decided;
        }
    }

    private static ActiveCall with(ActiveCall call, ExecutionId execution, Progress progress) {
        return new ActiveCall(
                call.accepted(),
                call.attempt(),
                call.slot(),
                execution,
                progress,
                call.seenAt(),
                call.facts());
    }

    static final class TwoEnds implements Wrong.Twist {
        @Override
        public <R> Change<R> change(Call current, Change<R> decided) {
            boolean ends = decided.next() instanceof EndedCall && !(current instanceof EndedCall);
            return ends && current.attempt() > 1 ? decided.after(decided.events()) : decided;
        }
    }
}
