package linekeeper.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/// Batches that follow each other (design 5): small ones at once, others some way apart.
final class SpacingTest {
    private static final long APART = Spacing.APART.toNanos();

    private final List<Long> pauses = new ArrayList<>();
    private long now = Long.MAX_VALUE - APART / 8;
    private final Spacing spacing = new Spacing(() -> now, pauses::add);

    @Test
    void beginsAtOnce() {
        spacing.await();

        assertThat(pauses).isEmpty();
    }

    @Test
    void followsASmallBatchAtOnce() {
        write(Spacing.BUSY - 1, APART / 4);
        spacing.await();

        assertThat(pauses).isEmpty();
    }

    @Test
    void restsAfterAnotherAsLongAsItTook() {
        write(Spacing.BUSY, APART / 4);
        now++;
        spacing.await();

        assertThat(pauses).containsExactly(APART / 4 - 1);
    }

    @Test
    void beginsAfterSomeTimeEvenSo() {
        write(Spacing.BUSY, APART - 2);
        spacing.await();

        assertThat(pauses).containsExactly(2L);
    }

    @Test
    void followsALongOneAtOnce() {
        write(Spacing.BUSY, APART);
        spacing.await();

        assertThat(pauses).isEmpty();
    }

    @Test
    void countsFromTheLatest() {
        write(100, APART / 4);
        write(1, APART / 4);
        spacing.await();

        assertThat(pauses).isEmpty();
    }

    /// It gains nothing by waiting.
    @Test
    void doesNotKeepAFullBatch() {
        Coalescer<Integer, Integer> coalescer =
                new Coalescer<>(this::taking, Spacing.BUSY, 1_000, spacing);

        coalescer.writeAll(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13));

        assertThat(pauses).containsExactly(APART / 4);
    }

    private List<Integer> taking(List<Integer> batch) {
        now += APART / 4;
        return batch;
    }

    private void write(int operations, long nanos) {
        spacing.begin();
        now += nanos;
        spacing.end(operations);
    }
}
