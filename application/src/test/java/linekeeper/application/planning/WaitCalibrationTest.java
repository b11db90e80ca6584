package linekeeper.application.planning;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.planning.Calibration.Kept;
import linekeeper.application.planning.Calibration.Scenario;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/// Calls start when they were told they would (G1). `linekeeper simulate --calibrate` measures the same
/// over more hours; `docs/wait-estimates.md` has its table.
final class WaitCalibrationTest {
    private static final int HOURS = 40;

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void holds(String name, Scenario scenario) {
        Kept kept = Calibration.of(scenario, 1, HOURS);

        assertThat(kept.calls()).isGreaterThan(1_500);
        assertThat(kept.shareByP50()).as("by p50").isBetween(0.40, 0.60);
        assertThat(kept.shareByP90()).as("by p90").isBetween(0.85, 0.95);
    }

    static Stream<Object[]> scenarios() {
        return Calibration.scenarios().stream().map(one -> new Object[] {one.name(), one});
    }
}
