package linekeeper.application.world;

import linekeeper.application.port.CallArchive;
import linekeeper.application.port.Job;
import linekeeper.domain.CallKey;
import linekeeper.domain.call.EndedCall;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// The archive in memory: the calls stay where they are, marked.
final class MemoryCallArchive implements CallArchive {
    private static final Comparator<Place> ORDER =
            Comparator.comparing((Place place) -> place.account().value())
                    .thenComparing(Place::createdAt)
                    .thenComparing(place -> place.call().value(), Comparator.reverseOrder());

    private final MemoryState state;

    MemoryCallArchive(MemoryState state) {
        this.state = state;
    }

    @Override
    public Step step(@Nullable Place after, Instant before, int most) {
        synchronized (state) {
            List<Place> rest = old(after, before);
            List<Place> looked =
                    rest.stream()
                            .filter(place -> place.account().equals(rest.getFirst().account()))
                            .limit(most)
                            .toList();
            List<CallKey> free =
                    looked.stream().map(MemoryCallArchive::key).filter(this::settled).toList();
            state.archived.addAll(free);
            return new Step(free.size(), looked.isEmpty() ? null : looked.getLast());
        }
    }

    private List<Place> old(@Nullable Place after, Instant before) {
        return state.calls.values().stream()
                .filter(EndedCall.class::isInstance)
                .map(EndedCall.class::cast)
                .filter(call -> call.span().endedAt().isBefore(before))
                .filter(call -> call.accepted().createdAt().isBefore(before))
                .filter(call -> !state.archived.contains(call.key()))
                .map(MemoryCallArchive::place)
                .filter(place -> after == null || ORDER.compare(place, after) > 0)
                .sorted(ORDER)
                .toList();
    }

    private static Place place(EndedCall call) {
        return new Place(call.key().account(), call.accepted().createdAt(), call.key().call());
    }

    private static CallKey key(Place place) {
        return new CallKey(place.account(), place.call());
    }

    private boolean settled(CallKey key) {
        return !state.notices.anyPending(key)
                && state.jobs.values().stream()
                        .filter(job -> job.key().equals(key))
                        .noneMatch(job -> job.status() == Job.Status.PENDING);
    }
}
