package linekeeper.bootstrap.planning;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;

import linekeeper.application.planning.Plan;
import linekeeper.application.planning.PlanResult;
import linekeeper.application.planning.PlanRun;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.xml.parsers.DocumentBuilderFactory;

/// Three calls of a minute each at once, for one slot: what is told of them (G2).
final class ReportsTest {
    private static final String THREE_CALLS =
            """
            people:
              {setup: PT0S, ring: PT0S, talk: PT1M, shares: {busy: 0}}
            accounts:
              - id: "<&'"
                concurrency_limit: 1
                direct: [{calls: 3}]
            """;

    @TempDir private Path folder;

    @Test
    void tellsPrograms() throws IOException {
        JsonObject json = new JsonReport(result(THREE_CALLS), 0.25).json();

        assertThat(json.getBoolean("finished")).isTrue();
        assertThat(json.getJsonNumber("took_seconds").doubleValue()).isEqualTo(180);
        assertThat(json.getInt("calls")).isEqualTo(3);
        assertThat(json.getInt("dials")).isEqualTo(3);
        assertThat(json.getJsonObject("outcomes")).hasToString("{\"completed\":3}");
        assertThat(json.getJsonObject("wait_seconds").getJsonObject("direct"))
                .hasToString(
                        "{\"dials\":3,\"mean\":60.000,\"p50\":60.000,\"p90\":120.000,\"p99\":120.000}");
        assertThat(json.getJsonNumber("utilisation").doubleValue()).isEqualTo(1);
        assertThat(json.getJsonObject("calls_waiting").getJsonArray("means").getFirst())
                .hasToString("2.000");
        assertThat(json.getJsonNumber("simulated_in_seconds").doubleValue()).isEqualTo(0.25);
    }

    @Test
    void tellsPeople() throws IOException {
        String text = text(result(THREE_CALLS));

        assertThat(text.lines().map(String::strip).toList())
                .contains(
                        "Finished after 00:03:00: 3 calls, 3 dials",
                        "completed             3",
                        "direct              3     00:01:00     00:01:00     00:02:00     00:02:00",
                        "Slots in use: 100.0 % of those there are",
                        "Slots in use (up to 1.0)",
                        "Calls waiting (up to 2.0)",
                        "Simulated 3 calls in 0.3 s, 720 a minute");
    }

    /// One column for each of 72 spans: two calls wait for the first third, none in the last.
    @Test
    void drawsHowManyWaitOverTime() throws IOException {
        List<String> lines = text(result(THREE_CALLS)).lines().toList();
        int title = lines.indexOf("Calls waiting (up to 2.0)");

        assertThat(lines.get(title + 1)).isEqualTo("  │" + "█".repeat(24));
        assertThat(lines.get(title + 8)).isEqualTo("  │" + "█".repeat(48));
        assertThat(lines.get(title + 9)).isEqualTo("  └" + "─".repeat(72));
    }

    @Test
    void writesAPageThatIsWellFormedAndNeedsNothingElse() throws Exception {
        String page = new HtmlReport(result(THREE_CALLS)).page();

        Document document = parsed(page);
        assertThat(cells(document))
                .containsSequence("direct", "3", "00:01:00", "00:01:00", "00:02:00", "00:02:00")
                .containsSequence("<&'", "1", "1.0", "100.0 %")
                .containsSequence("completed", "3");
        assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(2);
        assertThat(page).doesNotContain("http", "<script", "<link", "NaN");
    }

    @Test
    void saysWhatIsMissingWhenTheHorizonCutsItOff() throws IOException {
        PlanResult cut = result("horizon: PT150S\n" + THREE_CALLS);

        assertThat(text(cut)).startsWith("NOT finished after 00:02:30: 3 calls, 3 dials");
        assertThat(new JsonReport(cut, 1).json().getBoolean("finished")).isFalse();
        assertThat(new HtmlReport(cut).page()).contains("<h1>Not finished after 00:02:30</h1>");
    }

    @Test
    void tellsOfAPlanInWhichNobodyCalls() throws Exception {
        PlanResult nothing = result("accounts: [{id: default}]");

        assertThat(text(nothing)).startsWith("Finished after 0 s: 0 calls, 0 dials");
        assertThat(new HtmlReport(nothing).page()).doesNotContain("NaN");
        parsed(new HtmlReport(nothing).page());
    }

    private PlanResult result(String yaml) throws IOException {
        Plan plan = ScenarioFile.read(Files.writeString(folder.resolve("plan.yaml"), yaml));
        return PlanRun.of(plan);
    }

    private static String text(PlanResult result) {
        StringWriter text = new StringWriter();
        new TextReport(result, 0.25).print(new PrintWriter(text));
        return text.toString();
    }

    private static Document parsed(String page) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(page)));
    }

    private static List<String> cells(Document document) {
        NodeList cells = document.getElementsByTagName("td");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < cells.getLength(); i++) {
            texts.add(cells.item(i).getTextContent());
        }
        return texts;
    }
}
