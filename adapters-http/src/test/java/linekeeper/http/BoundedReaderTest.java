package linekeeper.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// How long and how large a body may be (contract 1, I3).
class BoundedReaderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final BoundedReader reader = new BoundedReader(12, PATIENCE, nanos::get);

    @Test
    void readsABodyOfExactlyTheLimit() throws IOException {
        assertThat(reader.read(dripping(12, 12, Duration.ZERO))).hasSize(12);
    }

    @Test
    void readsALargerOneToItsEndAndRefusesIt() throws IOException {
        InputStream body = dripping(100_000, 5, Duration.ZERO);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> reader.read(body))
                .matches(thrown -> thrown.problem().status().code() == 413);
        assertThat(body.available()).isZero();
    }

    @Test
    void givesUpOnASenderThatIsNeverSilentAndNeverDone() {
        InputStream body = dripping(12, 1, Duration.ofSeconds(1));

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> reader.read(body))
                .matches(thrown -> thrown.problem().status().code() == 408);
        assertThat(dripping(10, 1, Duration.ofSeconds(1))).satisfies(reader::read);
    }

    private InputStream dripping(int size, int atOnce, Duration pause) {
        return new ByteArrayInputStream(new byte[size]) {
            @Override
            public synchronized int read(byte[] into, int offset, int most) {
                nanos.addAndGet(pause.toNanos());
                return super.read(into, offset, Math.min(most, atOnce));
            }
        };
    }
}
