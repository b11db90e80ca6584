package linekeeper.application.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.Set;

/// Every seed and every actor has numbers of its own.
final class ChanceTest {
    private static final int EACH = 500;

    /// Streams that are each other's, shifted, have most of their numbers in common.
    @Test
    void neighbouringSeedsAndActorsHaveNoNumbersInCommon() {
        Set<Long> drawn = new HashSet<>();
        for (long seed = 1; seed <= 100; seed++) {
            Chance all = Chance.of(seed);
            draw(all, drawn);
            draw(all.of("callers"), drawn);
            draw(all.of("dialers"), drawn);
            draw(all.of("callers").of("dialers"), drawn);
        }
        assertThat(drawn).hasSize(100 * 4 * EACH);
    }

    @Test
    void theSameSeedAndActorDrawTheSame() {
        long first = Chance.of(7).of("callers").generator().nextLong();
        Chance again = Chance.of(7);
        again.generator().nextLong();

        assertThat(again.of("callers").generator().nextLong()).isEqualTo(first);
    }

    private static void draw(Chance chance, Set<Long> drawn) {
        for (int i = 0; i < EACH; i++) {
            drawn.add(chance.generator().nextLong());
        }
    }
}
