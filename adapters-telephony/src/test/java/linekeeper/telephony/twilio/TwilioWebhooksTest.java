package linekeeper.telephony.twilio;

import static linekeeper.telephony.twilio.Orders.execution;
import static linekeeper.telephony.twilio.Orders.order;
import static linekeeper.telephony.twilio.Orders.settings;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.ExecutionReport.Over;
import linekeeper.application.port.ExecutionReport.Reached;
import linekeeper.application.port.ExecutionReport.Unrecognised;
import linekeeper.application.port.WebhookReader;
import linekeeper.application.port.WebhookReader.Ignored;
import linekeeper.application.port.WebhookReader.Posted;
import linekeeper.application.port.WebhookReader.Reading;
import linekeeper.application.port.WebhookReader.Told;
import linekeeper.domain.call.Failure;
import linekeeper.domain.call.Outcome;
import linekeeper.domain.call.Progress;
import linekeeper.telephony.exchange.Exchanger;
import linekeeper.telephony.twilio.fake.Callbacks;
import linekeeper.telephony.twilio.fake.FakeCall;
import linekeeper.telephony.twilio.fake.FakeTwilio;
import linekeeper.telephony.twilio.fake.SignedCallback;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/// Twilio's callbacks: what they say of whose call (C3, H3).
@Timeout(60)
final class TwilioWebhooksTest {
    private static final Instant NOW = Instant.parse("2026-11-20T09:20:00Z");
    private static final String ODD_ID = "EL_1_2025-11-21T10:30:00Z/&=+#%";

    private final FakeTwilio twilio = FakeTwilio.start();
    private final Exchanger exchanger = new Exchanger(Duration.ofSeconds(5));
    private final TwilioWebhooks webhooks = new TwilioWebhooks(Orders.ACCOUNT);
    private FakeCall call;

    @BeforeEach
    void dial() {
        new TwilioProvider(settings(twilio.url()), exchanger, new Orders.Known(), () -> NOW)
                .dial(order(ODD_ID));
        call = twilio.calls().getFirst();
    }

    @AfterEach
    void close() {
        exchanger.close();
        twilio.close();
    }

    @ParameterizedTest
    @CsvSource({"queued, PLACED", "initiated, PLACED", "ringing, RINGING", "in-progress, ANSWERED"})
    void readsProgressWithOurIdsFromTheSignedUrl(String status, Progress progress) {
        call.become(status);

        ExecutionReport report = told(webhooks.status(), Callbacks.status(call));

        assertThat(report.execution()).isEqualTo(execution(call.sid()));
        assertThat(report.echo()).isEqualTo(order(ODD_ID).echo());
        assertThat(report.stage()).isEqualTo(new Reached(progress));
        assertThat(report.facts().answeredAt() != null).isEqualTo(progress == Progress.ANSWERED);
    }

    @ParameterizedTest
    @CsvSource({"no-answer, no_answer", "busy, busy", "canceled, cancelled", "failed, failed"})
    void readsEnds(String status, String ours) {
        call.become(status);

        Over over = (Over) told(webhooks.status(), Callbacks.status(call)).stage();

        assertThat(over.outcome().status().wireName()).isEqualTo(ours);
        if (over.outcome() instanceof Outcome.Failed failed) {
            assertThat(failed.failure())
                    .isEqualTo(new Failure(Failure.PROVIDER_FAILED, "SIP response 404"));
        }
    }

    @Test
    void countsADurationInSecondsAndNotInBilledMinutes() {
        call.become("completed");

        ExecutionReport report = told(webhooks.status(), Callbacks.status(call));

        assertThat(report.stage()).isEqualTo(new Over(new Outcome.Completed()));
        assertThat(report.facts().durationSeconds()).isEqualByComparingTo("41");
    }

    @Test
    void tellsAVoicemailFromAConversation() {
        ExecutionReport machine =
                told(
                        webhooks.machineDetection(),
                        Callbacks.machineDetection(call, "machine_end_beep"));
        assertThat(machine.stage()).isEqualTo(new Reached(Progress.ANSWERED));
        assertThat(machine.facts().answeredBy()).isEqualTo("machine_end_beep");
        assertThat(machine.echo()).isEqualTo(order(ODD_ID).echo());

        call.become("completed");
        assertThat(told(webhooks.status(), Callbacks.status(call)).stage())
                .isEqualTo(new Over(new Outcome.Voicemail()));
    }

    @Test
    void keepsARecordingThatCanBePlayed() {
        ExecutionReport report = told(webhooks.recording(), Callbacks.recording(call, "completed"));

        assertThat(report.stage()).isEqualTo(new Reached(Progress.PLACED));
        assertThat(report.facts().recordingUrl())
                .endsWith("/Recordings/RE0123456789abcdef0123456789abcdef.mp3");
        assertThat(report.echo()).isEqualTo(order(ODD_ID).echo());
    }

    @ParameterizedTest
    @ValueSource(strings = {"in-progress", "absent", "failed"})
    void passesOverRecordingsThatAreNone(String status) {
        assertThat(read(webhooks.recording(), Callbacks.recording(call, status)))
                .isEqualTo(new Ignored("recording " + status));
    }

    @Test
    void readsTheCapturedSample() throws IOException {
        String body = sample("completed.form");
        String url = "https://dialer.example.com/hooks/twilio/status?callId=call_01JD2Z8W6T&try=1";

        ExecutionReport report =
                ((Told) read(webhooks.status(), url, body, "jN9JbnYqIQfjY9a4CO72minQpSA="))
                        .report();

        assertThat(report.stage()).isEqualTo(new Over(new Outcome.Completed()));
        assertThat(report.facts().answeredBy()).isEqualTo("human");
        assertThat(report.facts().durationSeconds()).isEqualByComparingTo("41");
        assertThat(report.echo()).isNull();
    }

    @Test
    void toleratesWordsItDoesNotKnow() {
        call.become("levitating");

        assertThat(told(webhooks.status(), Callbacks.status(call)).stage())
                .isEqualTo(new Unrecognised("levitating"));
    }

    private static ExecutionReport told(WebhookReader reader, SignedCallback callback) {
        return ((Told) read(reader, callback)).report();
    }

    private static Reading read(WebhookReader reader, SignedCallback callback) {
        return read(reader, callback.url(), callback.body(), callback.signature());
    }

    private static Reading read(WebhookReader reader, String url, String body, String signature) {
        Map<String, String> headers = Map.of("x-twilio-signature", signature);
        return reader.read(new Posted(URI.create(url), headers, bytes(body)), NOW);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sample(String name) throws IOException {
        try (InputStream body =
                Objects.requireNonNull(
                        TwilioWebhooksTest.class.getResourceAsStream("/twilio/" + name))) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
