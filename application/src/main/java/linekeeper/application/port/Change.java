package linekeeper.application.port;

import linekeeper.domain.call.Call;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.call.TimelineEvent;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// A decision's result.
///
/// @param next the call's new state; null: it stays as it is
/// @param events what its timeline gains
/// @param endedAttempt how the attempt ended that `next` follows on; null: no attempt ends, or the call
///     ends with it
public record Change<R>(
        R answer,
        @Nullable Call next,
        List<TimelineEvent> events,
        @Nullable EndedCall endedAttempt) {
    public Change {
        events = List.copyOf(events);
    }

    public Change(R answer, @Nullable Call next, List<TimelineEvent> events) {
        this(answer, next, events, null);
    }

    public static <R> Change<R> none(R answer) {
        return new Change<>(answer, null, List.of());
    }

    /// Nothing but a line in the timeline.
    public static <R> Change<R> note(TimelineEvent event, R answer) {
        return new Change<>(answer, null, List.of(event));
    }

    /// An attempt is over and another follows (F3).
    ///
    /// @param ended the attempt as if the call had ended with it
    /// @param event tells of the attempt's end
    public static <R> Change<R> again(
            EndedCall ended, QueuedCall next, TimelineEvent event, R answer) {
        return new Change<>(answer, next, List.of(event), ended);
    }

    /// The same change with another answer.
    public Change<R> answering(R other) {
        return new Change<>(other, next, events, endedAttempt);
    }

    /// The same change with these lines before its own.
    public Change<R> after(List<TimelineEvent> before) {
        List<TimelineEvent> all = new ArrayList<>(before);
        all.addAll(events);
        return new Change<>(answer, next, all, endedAttempt);
    }

    public static <R> Change<R> to(Call next, TimelineEvent event, R answer) {
        return new Change<>(answer, next, List.of(event));
    }
}
