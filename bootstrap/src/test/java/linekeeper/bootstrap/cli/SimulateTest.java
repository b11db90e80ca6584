package linekeeper.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonParser;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.xml.parsers.DocumentBuilderFactory;

/// `linekeeper simulate` as people and programs use it (G1, G2, G3): exit code 0 if all is well, 1 if
/// something did not end or hold, 2 if it was asked for wrongly.
final class SimulateTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    @Test
    void printsWhatCameOfAPlan() {
        assertThat(simulate("--burst", "20", "--limit", "4")).isZero();

        assertThat(out.toString()).startsWith("Finished after ").contains("20 calls, 20 dials");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void exitsWithOneIfAPlanIsNotOverByItsHorizon() throws IOException {
        String scenario =
                scenario("{horizon: PT1M, accounts: [{id: default, direct: [{calls: 90}]}]}");

        assertThat(simulate(scenario)).isOne();

        assertThat(out.toString()).startsWith("NOT finished after 00:01:00");
    }

    @Test
    void printsOneJsonObjectAndNothingElse() {
        assertThat(simulate("--campaign", "30", "--max-attempts", "2", "--json")).isZero();

        assertThat(onlyObject().getInt("calls")).isEqualTo(30);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void printsOneJsonObjectOfAPlanThatIsNotOverToo() throws IOException {
        String scenario =
                scenario("{horizon: PT1M, accounts: [{id: default, direct: [{calls: 90}]}]}");

        assertThat(simulate(scenario, "--json")).isOne();

        assertThat(onlyObject().getBoolean("finished")).isFalse();
    }

    @Test
    void writesAPageToo() throws Exception {
        Path page = folder.resolve("plan.html");

        assertThat(simulate("--burst", "20", "--json", "--html", page.toString())).isZero();

        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(page.toFile());
        assertThat(Files.readString(page)).contains("<h1>Finished after ", "20 calls, 20 dials");
        assertThat(onlyObject().getInt("calls")).isEqualTo(20);
    }

    @Test
    void saysSoIfThePageCannotBeWritten() {
        String nowhere = folder.resolve("missing").resolve("plan.html").toString();

        assertThat(simulate("--burst", "1", "--html", nowhere)).isEqualTo(2);

        assertThat(err.toString()).startsWith("--html cannot be written: ");
    }

    @Test
    void givesTheSameResultUnderTheSameSeedOnly() {
        simulate("--direct-per-hour", "400", "--seed", "7", "--json");
        JsonObject first = wait(onlyObject());
        out.getBuffer().setLength(0);
        simulate("--direct-per-hour", "400", "--seed", "7", "--json");
        JsonObject again = wait(onlyObject());
        out.getBuffer().setLength(0);
        simulate("--direct-per-hour", "400", "--seed", "8", "--json");

        assertThat(first).isEqualTo(again).isNotEqualTo(wait(onlyObject()));
    }

    private static JsonObject wait(JsonObject result) {
        return result.getJsonObject("wait_seconds");
    }

    /// Fifty minutes of talk for one slot, in half an hour a day.
    @Test
    void callsACampaignsPeopleWithinTheirWindow() {
        assertThat(
                        simulate(
                                "--campaign=50",
                                "--limit=1",
                                "--talk=PT1M",
                                "--ring=PT0S",
                                "--setup=PT0S",
                                "--busy=0",
                                "--no-answer=0",
                                "--voicemail=0",
                                "--failed=0",
                                "--window=mon,wed 09:00-09:30 America/New_York",
                                "--start=2026-03-04T14:20:00Z",
                                "--json"))
                .isZero();

        // Ten on Wednesday; then, summer time having begun, thirty on Monday and ten on Wednesday.
        double toTheLast = 6 * 86_400 + 22 * 3_600 + 50 * 60;
        assertThat(onlyObject().getJsonNumber("took_seconds").doubleValue()).isEqualTo(toTheLast);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | plan needs calls",
                "--nonsense | Unknown option: '--nonsense'",
                "--burst=1 --accounts=0 | --accounts must be 1 or more",
                "--burst=1 --limit=-1 | --limit must be 0 or more",
                "--burst=-1 --campaign=2 | --burst must be 0 or more",
                "--burst=many | Invalid value for option '--burst'",
                "--burst=1 --busy=0.7 --no-answer=0.4 | shares must be",
                "--burst=1 --talk=long | --talk must be like PT90S",
                "--campaign=1 --max-attempts=11 | --max-attempts must be 1 to 10",
                "--campaign=1 --window=9-17 | --window must have times",
                "--burst=1 --window=09:00-17:00 | --window is for a --campaign",
                "--direct-per-hour=1 --direct-for=-PT1H | --direct-for must not be negative",
                "no-such-file.yaml | no-such-file.yaml cannot be read",
                "--faults --seeds=0 | --seeds must be 1 or more",
                "--faults --most-calls=0 | --most-calls must be 1 or more",
                "--faults --only=gremlins | --only must be of crash, outage",
                "--faults --json | --json is for plans",
                "--validate --calls=10 | --calls must be 1000 or more",
                "--calibrate --hours=1 | --hours must be 2 or more",
                "--calibrate --html=x.html | --html is for plans",
                "--calibrate x.yaml | SCENARIO is for plans"
            })
    void exitsWithTwoAndNamesTheFlagThatIsWrong(String flags, String message) {
        assertThat(simulate(flags.isEmpty() ? new String[0] : flags.split(" ", -1))).isEqualTo(2);

        assertThat(err.toString())
                .startsWith(message)
                .endsWith("See 'linekeeper simulate --help'." + System.lineSeparator());
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void namesTheFieldOfAScenarioThatIsWrong() throws IOException {
        assertThat(simulate(scenario("accounts: [{id: a, campaigns: [{id: c, calls: x}]}]")))
                .isEqualTo(2);

        assertThat(err.toString()).startsWith("accounts.0.campaigns.0.calls must be a number");
    }

    @Test
    void namesTheLineOfAScenarioThatIsNotYaml() throws IOException {
        assertThat(simulate(scenario("seed: 1\naccounts:\n  - id: [default\n"))).isEqualTo(2);

        assertThat(err.toString()).contains("plan.yaml is not YAML", "line 4");
    }

    @Test
    void endsASearchForFaultsWithOneLine() {
        assertThat(simulate("--faults", "--seeds", "3", "--from", "1")).isZero();

        String last = out.toString().lines().toList().getLast();
        assertThat(last)
                .matches(
                        "3 seeds, [\\d,]+ calls, [\\d,]+ crashes, [\\d,]+ faults, [\\d,]+ steps:"
                                + " 0 violations in [\\d.]+ s");
    }

    @Test
    void hasNoFaultsIfNoneIsAllowed() {
        assertThat(simulate("--faults", "--seeds=2", "--from=1", "--only=none")).isZero();

        assertThat(out.toString().lines().toList().getLast())
                .contains(" 0 crashes, 0 faults, ")
                .doesNotContain(" 0 calls");
    }

    @Test
    void exitsWithOneIfAWaitIsNotAsTheorySays() {
        assertThat(simulate("--validate", "--calls", "1000", "--seed", "1")).isOne();

        assertThat(out.toString().lines()).hasSize(15);
        assertThat(out.toString()).contains("  DOES NOT HOLD");
    }

    @Test
    void exitsWithOneIfEstimatesAreNotKept() {
        assertThat(simulate("--calibrate", "--hours", "2", "--seed", "1")).isOne();

        assertThat(out.toString().lines()).hasSize(12);
        assertThat(out.toString()).contains("  DOES NOT HOLD", "  holds");
    }

    private String scenario(String yaml) throws IOException {
        return Files.writeString(folder.resolve("plan.yaml"), yaml).toString();
    }

    private JsonObject onlyObject() {
        try (JsonParser parser = Json.createParser(new StringReader(out.toString()))) {
            parser.next();
            JsonObject object = parser.getObject();
            assertThat(parser.hasNext()).isFalse();
            return object;
        }
    }

    private int simulate(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "simulate";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        CommandLine line = CommandLineInterface.line();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int code = line.execute(all);
        line.getOut().flush();
        line.getErr().flush();
        return code;
    }
}
