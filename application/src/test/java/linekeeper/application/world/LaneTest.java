package linekeeper.application.world;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.PROVIDER;
import static linekeeper.application.contract.TestCalls.aCall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import linekeeper.domain.call.AcceptedCall;
import linekeeper.domain.call.CallType;
import linekeeper.domain.call.QueuedCall;
import linekeeper.domain.queue.QueueOrder.Rank;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;

/// A lane counts and orders as a sorted set does, only faster.
final class LaneTest {
    private static final QueuedCall CALL =
            new AcceptedCall(aCall("any").build(), PROVIDER, NOW).enqueue();

    private final Lane lane = new Lane();
    private final NavigableSet<Rank> reference = new TreeSet<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void answersAsASortedSetDoes(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 12_000; i++) {
            if (i < 6_000 || random.nextInt(3) == 0) {
                add(rank(NOW.plusSeconds(random.nextInt(500)), i));
            } else {
                remove(reference.floor(rank(NOW.plusSeconds(random.nextInt(500)), i)));
            }
            if (i % 97 == 0) {
                compare(rank(NOW.plusSeconds(random.nextInt(520)), random.nextInt(12_000)));
            }
        }
        assertThat(lane).extracting(Place::rank).containsExactlyElementsOf(reference);
    }

    @Test
    void isEmptyAgainWhenTheLastHasLeft() {
        add(rank(NOW, 1));
        remove(rank(NOW, 1));

        assertThat(lane.size()).isZero();
        assertThat(lane.iterator().hasNext()).isFalse();
        assertThat(lane.countDue(NOW)).isZero();
    }

    @Test
    void knowsWhoIsNotThere() {
        add(rank(NOW, 1));

        assertThatThrownBy(() -> lane.remove(rank(NOW, 2)))
                .isInstanceOf(IllegalStateException.class);
    }

    private void add(Rank rank) {
        reference.add(rank);
        lane.add(new Place(rank, CALL));
    }

    private void remove(Rank rank) {
        if (rank != null) {
            reference.remove(rank);
            lane.remove(rank);
        }
    }

    private void compare(Rank rank) {
        long due = reference.stream().filter(one -> !one.dueAt().isAfter(rank.dueAt())).count();
        assertThat(lane.size()).isEqualTo(reference.size());
        assertThat(lane.countBefore(rank)).isEqualTo(reference.headSet(rank).size());
        assertThat(lane.countDue(rank.dueAt())).isEqualTo((int) due);
    }

    private static Rank rank(Instant dueAt, long ticket) {
        return new Rank(CallType.DIRECT, 0, dueAt, ticket);
    }
}
