package linekeeper.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;

/// A short crash campaign with a fresh seed; `CONTRIBUTING.md` has the command for a long one.
@Timeout(240)
final class CrashCampaignIT {
    private static final int ROUNDS = 1;

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void keepsEveryPromise(int nodes) throws Exception {
        CrashTerms terms = new CrashTerms(System.nanoTime() % 1_000_000, ROUNDS, nodes);

        CrashReport report = CrashRun.of(terms, folder);

        assertThat(report.evidence()).as(report.summary()).isEmpty();
        assertThat(report.summary()).contains(" 0 promises broken");
    }
}
