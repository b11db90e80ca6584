package linekeeper.application.port;

import linekeeper.domain.call.Call;
import linekeeper.domain.call.TimelineEvent;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A decision's result.
///
/// @param next the call's new state; null: it stays as it is
/// @param events what its timeline gains
public record Change<R>(R answer, @Nullable Call next, List<TimelineEvent> events) {
    public Change {
        events = List.copyOf(events);
    }

    public static <R> Change<R> none(R answer) {
        return new Change<>(answer, null, List.of());
    }

    /// Nothing but a line in the timeline.
    public static <R> Change<R> note(TimelineEvent event, R answer) {
        return new Change<>(answer, null, List.of(event));
    }

    public static <R> Change<R> to(Call next, TimelineEvent event, R answer) {
        return new Change<>(answer, next, List.of(event));
    }
}
