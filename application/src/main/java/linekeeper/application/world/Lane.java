package linekeeper.application.world;

import linekeeper.domain.queue.QueueOrder.Rank;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Predicate;

/// Waiting calls that differ in nothing but when they are due and when they came, in queue order. Kept in
/// blocks, so that finding, counting and changing look at a few hundred of a million. Not thread-safe.
final class Lane implements Iterable<Place> {
    private static final int MOST_IN_BLOCK = 1_024;

    private final List<List<Place>> blocks = new ArrayList<>();
    private int size;

    int size() {
        return size;
    }

    void add(Place place) {
        size++;
        if (blocks.isEmpty()) {
            blocks.add(new ArrayList<>(List.of(place)));
            return;
        }
        int at = Math.min(blockOf(place.rank()), blocks.size() - 1);
        List<Place> block = blocks.get(at);
        block.add(first(block, other -> other.rank().compareTo(place.rank()) >= 0), place);
        if (block.size() > MOST_IN_BLOCK) {
            split(at, block);
        }
    }

    /// What comes last mostly stays last: a lane that only grows at its end has full blocks.
    private void split(int at, List<Place> block) {
        int from = at == blocks.size() - 1 ? MOST_IN_BLOCK : MOST_IN_BLOCK / 2;
        List<Place> tail = block.subList(from, block.size());
        blocks.add(at + 1, new ArrayList<>(tail));
        tail.clear();
    }

    void remove(Rank rank) {
        int at = blockOf(rank);
        List<Place> block = at < blocks.size() ? blocks.get(at) : List.of();
        int index = first(block, place -> place.rank().compareTo(rank) >= 0);
        if (index == block.size() || block.get(index).rank().compareTo(rank) != 0) {
            throw new IllegalStateException("no call waits at " + rank + "; indicates a bug");
        }
        block.remove(index);
        size--;
        if (block.isEmpty()) {
            blocks.remove(at);
        }
    }

    /// How many are before `rank`.
    int countBefore(Rank rank) {
        return count(place -> place.rank().compareTo(rank) >= 0);
    }

    /// How many are due by `horizon`.
    int countDue(Instant horizon) {
        return count(place -> place.rank().dueAt().isAfter(horizon));
    }

    /// @param beyond of a place: false up to some place, true from there on
    private int count(Predicate<Place> beyond) {
        int before = 0;
        for (List<Place> block : blocks) {
            if (beyond.test(block.getLast())) {
                return before + first(block, beyond);
            }
            before += block.size();
        }
        return before;
    }

    /// When the first is due that is not due at `now`.
    Optional<Instant> nextDue(Instant now) {
        Predicate<Place> later = place -> place.rank().dueAt().isAfter(now);
        int at = first(blocks, block -> later.test(block.getLast()));
        if (at == blocks.size()) {
            return Optional.empty();
        }
        List<Place> block = blocks.get(at);
        return Optional.of(block.get(first(block, later)).rank().dueAt());
    }

    /// The first block that does not end before `rank`.
    private int blockOf(Rank rank) {
        return first(blocks, block -> block.getLast().rank().compareTo(rank) >= 0);
    }

    private static <T> int first(List<T> sorted, Predicate<T> wanted) {
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (wanted.test(sorted.get(middle))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /// In queue order; the lane must not change meanwhile.
    @Override
    public Iterator<Place> iterator() {
        return new Iterator<>() {
            private int block;
            private int index;

            @Override
            public boolean hasNext() {
                return block < blocks.size();
            }

            @Override
            public Place next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                List<Place> current = blocks.get(block);
                Place place = current.get(index++);
                if (index == current.size()) {
                    block++;
                    index = 0;
                }
                return place;
            }
        };
    }
}
