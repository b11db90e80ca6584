package linekeeper.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;

/// How numbers are written (contract 1).
class MembersTest {
    @ParameterizedTest
    @CsvSource({
        "0.0125, 0.0125",
        "1E+3, 1000",
        "0E-8, 0",
        "12.500, 12.500",
        "-2E+1, -20",
        "1E+999999, 1E+999999"
    })
    void writesDecimalsPlainly(BigDecimal value, String text) {
        assertThat(new Members().decimal("x", value).build()).hasToString("{\"x\":" + text + "}");
    }
}
