package linekeeper.telephony.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;

import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.ExecutionReport.Echo;
import linekeeper.application.port.ExecutionReport.Over;
import linekeeper.application.port.ExecutionReport.Reached;
import linekeeper.application.port.ExecutionReport.Unrecognised;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.ConversationId;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Progress;
import linekeeper.domain.call.Spoken;
import linekeeper.telephony.exchange.Tolerant;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/// ElevenLabs' conversations and initiation failures, read (C3, H3).
final class ElevenLabsReportsTest {
    private static final String ID = "conv_21a0k4x9r3n8e6w2m5t7y1q0zzzz";
    private static final Instant ACCEPTED = Instant.ofEpochSecond(1795166198);
    private static final ElevenLabsReports REPORTS =
            new ElevenLabsReports(
                    TestOrders.settings(URI.create("https://api.elevenlabs.test/"), Trunk.TWILIO));

    @Test
    void readsAConversationThatIsDone() {
        ExecutionReport report =
                report(Samples.json("post_call_transcription").getJsonObject("data"));

        assertThat(report.execution().value()).isEqualTo(ID);
        assertThat(report.execution().provider()).isEqualTo(ElevenLabsProvider.NAME);
        assertThat(report.stage()).isEqualTo(new Over(new Outcome.Completed()));
        assertThat(report.echo()).isNull(); // This sample was not dialed by us.
        assertThat(report.facts().conversation()).isEqualTo(new ConversationId(ID));
        assertThat(report.facts().answeredAt()).isEqualTo(ACCEPTED);
        assertThat(report.facts().durationSeconds()).isEqualByComparingTo("41");
        assertThat(report.facts().cost()).isEqualByComparingTo("296");
        assertThat(report.facts().answeredBy()).isNull();
        assertThat(report.facts().recordingUrl())
                .isEqualTo("https://api.elevenlabs.test/v1/convai/conversations/" + ID + "/audio");
        assertThat(report.transcript())
                .containsExactly(
                        new Spoken(
                                "agent",
                                "Hello Asha, this is a reminder about your appointment.",
                                ACCEPTED),
                        new Spoken("user", "Yes, I will be there.", ACCEPTED.plusSeconds(5)));
    }

    @ParameterizedTest
    @CsvSource({
        "initiated, PLACED",
        "in-progress, ANSWERED",
        "processing, DISCONNECTED",
        "Processing, DISCONNECTED"
    })
    void readsProgress(String status, Progress progress) {
        ExecutionReport report =
                parsed(
                        """
                        {"conversation_id":"c","status":"%s","transcript":[{"role":"agent","message":"a"}]}
                        """
                                .formatted(status));

        assertThat(report.stage()).isEqualTo(new Reached(progress));
        assertThat(report.transcript()).as("told as a whole, at the end").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "done,   answered,  completed",
        "done,   voicemail, voicemail",
        "done,   busy,      busy",
        "done,   no_answer, no_answer",
        "done,   failed,    failed",
        "done,   new_word,  completed",
        "failed, voicemail, voicemail",
        "failed, busy,      busy",
        "failed, no-answer, no_answer",
        "failed, answered,  failed",
        "failed, new_word,  failed"
    })
    void readsEndsByTheCarriersResult(String status, String carriers, String ours) {
        String result = "{\"call_result\":\"" + carriers + "\"}";
        for (String metadata : List.of(result, "{\"phone_call\":" + result + "}")) {
            Outcome outcome =
                    outcome(
                            "{\"conversation_id\":\"c\",\"status\":\"%s\",\"metadata\":%s}"
                                    .formatted(status, metadata));

            assertThat(outcome.status().wireName()).isEqualTo(ours);
        }
    }

    @Test
    void tellsThatAMachineAnswered() {
        assertThat(
                        parsed(
                                        "{\"conversation_id\":\"c\",\"status\":\"done\",\"metadata\":"
                                            + "{\"phone_call\":{\"call_result\":\"voicemail\"}}}")
                                .facts()
                                .answeredBy())
                .isEqualTo("machine");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":{\"code\":1008,\"reason\":\"Quota +14155550100\"}} | Quota *** (1008)",
                "{\"error\":{\"code\":1011}} | error (1011)",
                "{\"error\":{\"reason\":\"odd\"}} | odd",
                "{\"error\":null,\"termination_reason\":\"Client left\"} | Client left",
                "{} | ElevenLabs gave no reason",
                "[] | ElevenLabs gave no reason"
            })
    void saysWhyAConversationFailed(String metadata, String message) {
        Outcome outcome =
                outcome(
                        "{\"conversation_id\":\"c\",\"status\":\"failed\",\"metadata\":%s}"
                                .formatted(metadata));

        var failure = ((Outcome.Failed) outcome).failure();
        assertThat(failure.code()).isEqualTo("PROVIDER_FAILED");
        assertThat(failure.message()).isEqualTo(message);
    }

    @Test
    void readsOurIdsFromTheVariables() {
        Echo echo = new Echo(new CallKey(new AccountId("acme"), new CallId("c-1")), 2);

        assertThat(echoOf("{\"call_id\":\"c-1\",\"account_id\":\"acme\",\"attempt\":2}"))
                .isEqualTo(echo);
        assertThat(echoOf("{\"call_id\":\"c-1\",\"account_id\":\"acme\",\"attempt\":\"2\"}"))
                .isEqualTo(echo);
        assertThat(echoOf("{\"call_id\":\"c-1\",\"account_id\":\"acme\",\"attempt\":2.0}"))
                .isEqualTo(echo);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{\"call_id\":\"c-1\",\"account_id\":\"acme\"}",
                "{\"call_id\":\"c-1\",\"attempt\":1}",
                "{\"call_id\":\"c 1\",\"account_id\":\"acme\",\"attempt\":1}",
                "{\"call_id\":\"c-1\",\"account_id\":\"acme\",\"attempt\":1.5}",
                "{\"call_id\":\"c-1\",\"account_id\":\"acme\",\"attempt\":99999999999}",
                "{\"call_id\":\"c-1\",\"account_id\":\"acme\",\"attempt\":\"one\"}"
            })
    void hasNoEchoUnlessAllOfItIsThere(String variables) {
        assertThat(echoOf(variables)).isNull();
    }

    @Test
    void passesOverTurnsThatSayNothing() {
        ExecutionReport report =
                parsed(
                        """
                        {"conversation_id":"c","status":"done","transcript":[
                          null, 7, {"role":"agent"}, {"role":"agent","message":null},
                          {"role":"agent","message":"","tool_calls":[{}]}, {"message":"whose?"},
                          {"role":"user","message":"hello","time_in_call_secs":3}]}
                        """);

        assertThat(report.transcript()).containsExactly(new Spoken("user", "hello", null));
    }

    @Test
    void countsTheCallFromItsBeginningWhenNobodySaysWhenItWasAccepted() {
        ExecutionReport report =
                parsed(
                        """
                        {"conversation_id":"c","status":"done",
                         "metadata":{"start_time_unix_secs":1795166190,"call_duration_secs":"9"},
                         "transcript":[{"role":"user","message":"a","time_in_call_secs":1.5}]}
                        """);

        assertThat(report.transcript().getFirst().at())
                .isEqualTo(Instant.ofEpochSecond(1795166191).plusMillis(500));
        assertThat(report.facts().answeredAt()).isNull();
        assertThat(report.facts().durationSeconds()).isEqualByComparingTo("9");
        assertThat(report.facts().recordingUrl()).isNull();
    }

    @Test
    void toleratesWordsItDoesNotKnow() {
        assertThat(parsed("{\"conversation_id\":\"c\",\"status\":\"pondering\"}").stage())
                .isEqualTo(new Unrecognised("pondering"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{\"conversation_id\":\"c\"}",
                "{\"status\":\"done\"}",
                "{\"conversation_id\":\"c d\",\"status\":\"done\"}",
                "{\"conversation_id\":{},\"status\":\"done\"}"
            })
    void isNotFooledByWhatIsNoConversation(String body) {
        assertThat(REPORTS.parsed(body)).isEmpty();
    }

    @Test
    void readsACallThatTwilioCouldNotConnect() {
        ExecutionReport report = notBegun(Samples.json("call_initiation_failure_twilio"));

        assertThat(report.execution().value()).isEqualTo(ID);
        assertThat(report.echo()).isNull();
        assertThat(report.stage()).isEqualTo(new Over(new Outcome.NoAnswer()));
        assertThat(report.facts().conversation()).isEqualTo(new ConversationId(ID));
    }

    @Test
    void readsACallThatTheTrunkCouldNotConnect() {
        assertThat(notBegun(Samples.json("call_initiation_failure_sip")).stage())
                .isEqualTo(new Over(new Outcome.Busy()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error_reason\":\"SIP 404: Not Found\",\"sip_status_code\":404} | SIP 404: Not"
                        + " Found",
                "{\"sip_status_code\":503} | SIP 503",
                "{\"CallStatus\":\"failed\",\"SipResponseCode\":\"404\"} | call status failed",
                "{} | unknown"
            })
    void saysWhatTheCarrierSaidOfAnUnknownFailure(String body, String message) {
        ExecutionReport report =
                ElevenLabsReports.notBegun(
                                object(
                                        "{\"conversation_id\":\"c\",\"failure_reason\":\"unknown\","
                                                + "\"metadata\":{\"body\":%s}}".formatted(body)))
                        .orElseThrow();

        var failure = ((Outcome.Failed) ((Over) report.stage()).outcome()).failure();
        assertThat(failure.code()).isEqualTo("PROVIDER_FAILED");
        assertThat(failure.message()).isEqualTo(message);
    }

    @Test
    void survivesAnyFieldBeingAnything() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        JsonObject done = Samples.json("post_call_transcription").getJsonObject("data");
        JsonObject failed = Samples.json("call_initiation_failure_sip").getJsonObject("data");
        for (int i = 0; i < 2_000; i++) {
            String conversation = Samples.mutated(done, random).toString();
            JsonObject failure = Samples.mutated(failed, random);

            assertThat(REPORTS.parsed(conversation))
                    .as("seed %d: %s", seed, conversation)
                    .isNotNull();
            assertThat(ElevenLabsReports.notBegun(failure))
                    .as("seed %d: %s", seed, failure)
                    .isNotNull();
        }
    }

    @Test
    void passesOnOnlyWhatCanBeStored() {
        ExecutionReport report =
                parsed(
                        """
                        {"conversation_id":"c","status":"failed","metadata":{"cost":1e999999999,
                         "accepted_time_unix_secs":99999999999999,"start_time_unix_secs":-5,
                         "termination_reason":"a\\u0000b\\ud800c"},
                         "transcript":[{"role":"user","message":"a\\u0000%s😀","time_in_call_secs":-1}]}
                        """
                                .formatted("b".repeat(19_998)));

        assertThat(report.facts().cost()).isNull();
        assertThat(report.facts().answeredAt()).isNull();
        assertThat(((Outcome.Failed) ((Over) report.stage()).outcome()).failure().message())
                .isEqualTo("ab?c");
        String said = report.transcript().getFirst().text();
        assertThat(said).hasSize(19_999).endsWith("b");
        assertThat(new String(said.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(said);
    }

    private static @Nullable Echo echoOf(String variables) {
        return parsed(
                        "{\"conversation_id\":\"c\",\"status\":\"done\","
                                + "\"conversation_initiation_client_data\":{\"dynamic_variables\":%s}}"
                                        .formatted(variables))
                .echo();
    }

    private static Outcome outcome(String conversation) {
        return ((Over) parsed(conversation).stage()).outcome();
    }

    private static ExecutionReport notBegun(JsonObject event) {
        return ElevenLabsReports.notBegun(event.getJsonObject("data")).orElseThrow();
    }

    private static ExecutionReport parsed(String conversation) {
        return REPORTS.parsed(conversation).orElseThrow();
    }

    private static ExecutionReport report(JsonObject conversation) {
        return REPORTS.conversation(conversation).orElseThrow();
    }

    private static JsonObject object(String json) {
        return Tolerant.object(json).orElseThrow();
    }
}
