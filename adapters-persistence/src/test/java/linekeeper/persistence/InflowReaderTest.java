package linekeeper.persistence;

import static linekeeper.application.contract.TestCalls.NOW;
import static linekeeper.application.contract.TestCalls.PROVIDER;
import static linekeeper.application.contract.TestCalls.aCall;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.contract.TestCalls;
import linekeeper.application.port.Intake.Candidate;
import linekeeper.domain.AccountId;
import linekeeper.domain.account.Limits;
import linekeeper.domain.queue.Inflow;
import linekeeper.persistence.InflowReader.Seen;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Map;
import java.util.Random;

/// How fast calls came is read once of each stretch (G1).
final class InflowReaderTest {
    private static final AccountId ACCOUNT = new AccountId("busy");

    private final long begun = InflowReader.stretch(NOW);
    private TwoNodes nodes;
    private InflowReader reader;
    private int calls;

    @BeforeEach
    void open() {
        nodes = new TwoNodes(Limits.of(1_000, 1));
        nodes.account(ACCOUNT.value(), 1);
        reader = new InflowReader(nodes.database());
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void knowsWhatItWouldReadAnew() {
        Random random = new Random(1);
        Seen known = Seen.NOTHING;
        for (long stretch = begun; stretch < begun + 3L * Inflow.STRETCHES; stretch++) {
            // Sometimes nothing comes for so long that nothing is left to be known.
            boolean calm = (stretch - begun) % (2L * Inflow.STRETCHES) > Inflow.STRETCHES / 2;
            for (int i = calm ? 0 : random.nextInt(8); i > 0; i--) {
                come(at(stretch).plusSeconds(random.nextInt(180)), random);
            }
            if (random.nextInt(4) > 0) {
                known = reader.until(ACCOUNT, stretch + 1, known);
                assertThat(known).isEqualTo(reader.until(ACCOUNT, stretch + 1, Seen.NOTHING));
            }
        }
        assertThat(calls).isGreaterThan(20);
    }

    @Test
    void readsNoStretchTwice() {
        come(at(begun), new Random(1));
        Seen known = reader.until(ACCOUNT, begun + 1, Seen.NOTHING);
        nodes.database().update(Sql.of("DELETE FROM call_queue"));
        nodes.database().update(Sql.of("DELETE FROM calls"));

        assertThat(reader.until(ACCOUNT, begun + 2, known).inflow().stretches())
                .containsExactly(known.inflow().stretches().getFirst(), Map.of());
    }

    /// What is known no longer has the stretches before.
    @Test
    void readsAllAnewIfTheClockWasPutBack() {
        come(at(begun), new Random(1));
        Seen first = reader.until(ACCOUNT, begun + 1, Seen.NOTHING);
        Seen later = reader.until(ACCOUNT, begun + 1 + Inflow.STRETCHES, first);

        assertThat(later.inflow()).isEqualTo(Inflow.NONE);
        assertThat(reader.until(ACCOUNT, begun + 1, later)).isEqualTo(first);
    }

    private void come(Instant at, Random random) {
        TestCalls call = aCall("c" + calls++).of(ACCOUNT.value()).prioritised(random.nextInt(3));
        if (random.nextBoolean()) {
            call.ofCampaign("autumn");
        }
        nodes.node(0).intake().admit(new Candidate(call.build(), PROVIDER, at, null));
    }

    private static Instant at(long stretch) {
        return Instant.ofEpochSecond(stretch * Inflow.STRETCH.toSeconds());
    }
}
