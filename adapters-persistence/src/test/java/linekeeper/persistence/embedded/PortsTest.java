package linekeeper.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The embedded database takes a part of a large machine, and little of a small one.
final class PortsTest {
    @ParameterizedTest
    @CsvSource({"1, 128", "2, 128", "4, 256", "8, 512", "16, 1024", "64, 1024"})
    void buffersASixteenthOfTheMemory(long gigabytes, long megabytes) {
        assertThat(Ports.buffers(gigabytes << 30)).isEqualTo(megabytes);
    }
}
