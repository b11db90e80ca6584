package linekeeper.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;

/// What cannot be measured is refused before anything is started, and why.
final class BenchTest {
    private static final int USAGE = 2;

    @ParameterizedTest
    @CsvSource({
        "--only=claims, --only knows",
        "--soak=PT9S, --soak is PT10S at least",
        "--rate=100, --rate is for --soak",
        "--soak=PT1M --rate=0, above 0",
        "--soak=PT1M --rate=NaN, above 0",
        "--soak=PT1M --rate=100001, at most 100000",
        "--soak=PT1M --database-url=mysql://localhost, --database-url must begin with"
                + " jdbc:postgresql:"
    })
    void refusesWhatItCannotMeasure(String flags, String why) {
        StringWriter told = new StringWriter();

        int exit =
                new CommandLine(new Bench())
                        .setErr(new PrintWriter(told, true))
                        .execute(flags.split(" "));

        assertThat(exit).isEqualTo(USAGE);
        assertThat(told.toString()).contains(why);
    }
}
