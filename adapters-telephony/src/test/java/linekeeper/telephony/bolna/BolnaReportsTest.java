package linekeeper.telephony.bolna;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;

import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.ExecutionReport.Echo;
import linekeeper.application.port.ExecutionReport.Over;
import linekeeper.application.port.ExecutionReport.Reached;
import linekeeper.application.port.ExecutionReport.Unrecognised;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Progress;
import linekeeper.domain.call.Spoken;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/// Bolna's bodies as they really come.
final class BolnaReportsTest {
    private static final Echo ECHO =
            new Echo(
                    new CallKey(AccountId.DEFAULT, new CallId("EL_12345_2025-11-21T10:30:00Z")), 1);

    @Test
    void readsACompletedCall() throws IOException {
        ExecutionReport report = report(sample("completed"));

        assertThat(report.execution().value()).isEqualTo("7d0c2a52-5a1e-4f0e-9f0b-2f1c8f6f3a11");
        assertThat(report.echo()).isEqualTo(ECHO);
        assertThat(report.stage()).isEqualTo(new Over(new Outcome.Completed()));
        assertThat(report.facts().durationSeconds()).isEqualByComparingTo("74");
        assertThat(report.facts().cost()).isEqualByComparingTo(new BigDecimal("8.4"));
        assertThat(report.facts().recordingUrl()).startsWith("https://api.bolna.ai/recordings/");
    }

    @Test
    void readsWhoSaidWhat() throws IOException {
        assertThat(report(sample("completed")).transcript())
                .containsExactly(
                        said("agent", "Hello Asha, this is a reminder about your appointment."),
                        said("user", "Yes, I will be there."),
                        said("agent", "Great, see you then."));
        assertThat(report(sample("busy")).transcript()).isEmpty();
    }

    @Test
    void readsTranscriptsAsTheyComeToo() {
        assertThat(BolnaTranscript.of(null)).isEmpty();
        assertThat(BolnaTranscript.of(" \n")).isEmpty();
        assertThat(
                        BolnaTranscript.of(
                                """
                                (music)
                                 assistant:  Hello

                                Note: this goes on
                                USER :Yes: no
                                user:
                                assistant: user: is a word\r
                                """))
                .containsExactly(
                        said("unknown", "(music)"),
                        said("agent", "Hello\n\nNote: this goes on"),
                        said("user", "Yes: no"),
                        said("agent", "user: is a word"));
    }

    private static Spoken said(String role, String text) {
        return new Spoken(role, text, null);
    }

    @Test
    void readsTheOtherSamples() throws IOException {
        assertThat(report(sample("busy")).stage()).isEqualTo(new Over(new Outcome.Busy()));
        assertThat(report(sample("busy")).facts().recordingUrl()).isNull();
        assertThat(report(sample("initiated")).stage()).isEqualTo(new Reached(Progress.PLACED));
    }

    @ParameterizedTest
    @CsvSource({
        "scheduled, PLACED",
        "prepared, PLACED",
        "queued, PLACED",
        "rescheduled, PLACED",
        "ringing, RINGING",
        "in-progress, ANSWERED",
        "call-disconnected, DISCONNECTED"
    })
    void readsProgress(String status, Progress progress) {
        assertThat(report(body(status)).stage()).isEqualTo(new Reached(progress));
    }

    @ParameterizedTest
    @CsvSource({
        "no-answer, no_answer",
        "canceled, cancelled",
        "stopped, cancelled",
        "failed, failed",
        "error, failed",
        "balance-low, failed"
    })
    void readsEnds(String status, String ours) {
        assertThat(report(body(status)).stage())
                .isInstanceOfSatisfying(
                        Over.class,
                        over -> assertThat(over.outcome().status().wireName()).isEqualTo(ours));
    }

    @Test
    void tellsAVoicemailFromAConversation() {
        assertThat(
                        report(
                                        "{\"id\":\"x\",\"status\":\"completed\","
                                                + "\"answered_by_voice_mail\":true}")
                                .stage())
                .isEqualTo(new Over(new Outcome.Voicemail()));
    }

    @Test
    void toleratesWordsItDoesNotKnow() {
        assertThat(report(body("transferring")).stage())
                .isEqualTo(new Unrecognised("transferring"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "12",
                "{",
                "{}",
                "{\"id\":\"x\"}",
                "{\"status\":\"busy\"}",
                "{\"id\":\"two words\",\"status\":\"busy\"}",
                "\u0000"
            })
    void isNotFooledByWhatIsNoExecution(String body) {
        assertThat(BolnaReports.read(body.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void hasNoEchoUnlessAllOfItIsThere() {
        assertThat(report(body("busy")).echo()).isNull();
        assertThat(
                        report(
                                        "{\"id\":\"x\",\"status\":\"busy\",\"context_details\":"
                                                + "{\"recipient_data\":{\"call_id\":\"a b\","
                                                + "\"account_id\":\"default\",\"attempt\":\"1\"}}}")
                                .echo())
                .isNull();
    }

    @Test
    void passesOnOnlyWhatCanBeStored() {
        ExecutionReport report =
                report(
                        "{\"id\":\"x\",\"status\":\"failed\",\"error_message\":\"a\\u0000b\\ud800c\","
                            + "\"total_cost\":1e999999999}");

        assertThat(report.facts().cost()).isNull();
        assertThat(((Outcome.Failed) ((Over) report.stage()).outcome()).failure().message())
                .isEqualTo("ab?c");
    }

    @Test
    void survivesAnyFieldBeingAnything() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        JsonObject sample = Json.createReader(new StringReader(sample("completed"))).readObject();
        for (int i = 0; i < 2_000; i++) {
            String mutated = mutated(sample, random).toString();
            Optional<ExecutionReport> read =
                    BolnaReports.read(mutated.getBytes(StandardCharsets.UTF_8));
            assertThat(read).as("seed %d, body %s", seed, mutated).isNotNull();
        }
    }

    private static JsonObject mutated(JsonObject from, Random random) {
        List<JsonValue> oddities = new ArrayList<>();
        oddities.add(JsonValue.NULL);
        oddities.add(JsonValue.TRUE);
        oddities.add(Json.createValue(""));
        oddities.add(Json.createValue("\u0007 e9999999 "));
        oddities.add(Json.createValue(new BigDecimal("1e400")));
        oddities.add(JsonValue.EMPTY_JSON_ARRAY);
        oddities.add(JsonValue.EMPTY_JSON_OBJECT);
        JsonObjectBuilder mutated = Json.createObjectBuilder();
        from.forEach(
                (name, value) -> {
                    int choice = random.nextInt(12);
                    if (choice == 0) {
                        return;
                    }
                    if (choice < 4) {
                        mutated.add(name, oddities.get(random.nextInt(oddities.size())));
                    } else if (value instanceof JsonObject nested) {
                        mutated.add(name, mutated(nested, random));
                    } else {
                        mutated.add(name, value);
                    }
                });
        return mutated.build();
    }

    private static String body(String status) {
        return "{\"id\":\"x\",\"status\":\"" + status + "\"}";
    }

    private static ExecutionReport report(String json) {
        return BolnaReports.read(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    private static String sample(String name) throws IOException {
        try (InputStream body =
                Objects.requireNonNull(
                        BolnaReportsTest.class.getResourceAsStream("/bolna/" + name + ".json"))) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
