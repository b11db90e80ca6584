package linekeeper.telephony.twilio;

import static linekeeper.telephony.twilio.Orders.order;
import static linekeeper.telephony.twilio.Orders.settings;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.ExecutionReport.Reached;
import linekeeper.application.port.WebhookReader;
import linekeeper.application.port.WebhookReader.Forged;
import linekeeper.application.port.WebhookReader.Posted;
import linekeeper.application.port.WebhookReader.Reading;
import linekeeper.application.port.WebhookReader.Told;
import linekeeper.application.port.WebhookReader.Unreadable;
import linekeeper.domain.call.Progress;
import linekeeper.telephony.exchange.Exchanger;
import linekeeper.telephony.twilio.fake.Callbacks;
import linekeeper.telephony.twilio.fake.FakeCall;
import linekeeper.telephony.twilio.fake.FakeTwilio;
import linekeeper.telephony.twilio.fake.Signatures;
import linekeeper.telephony.twilio.fake.SignedCallback;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;

/// Only what Twilio signed is believed, and nothing it signs breaks a reader (I3).
@Timeout(60)
final class TwilioForgeriesTest {
    private static final Instant NOW = Instant.parse("2026-11-20T09:20:00Z");

    private final FakeTwilio twilio = FakeTwilio.start();
    private final Exchanger exchanger = new Exchanger(Duration.ofSeconds(5));
    private final TwilioWebhooks webhooks = new TwilioWebhooks(Orders.ACCOUNT);
    private FakeCall call;

    @BeforeEach
    void dial() {
        new TwilioProvider(settings(twilio.url()), exchanger, new Orders.Known(), () -> NOW)
                .dial(order("a"));
        call = twilio.calls().getFirst();
    }

    @AfterEach
    void close() {
        exchanger.close();
        twilio.close();
    }

    @Test
    void believesNothingThatTwilioDidNotSign() {
        SignedCallback genuine = Callbacks.status(call);
        String longer = genuine.body() + "&CallStatus2=busy";
        String elsewhere = genuine.url().replace("attempt=1", "attempt=2");

        assertThat(read(webhooks.status(), genuine)).isInstanceOf(Told.class);
        assertThat(read(webhooks.status(), genuine.url(), longer, genuine.signature()))
                .isInstanceOf(Forged.class);
        assertThat(read(webhooks.status(), elsewhere, genuine.body(), genuine.signature()))
                .isInstanceOf(Forged.class);
        assertThat(read(webhooks.status(), genuine.url(), genuine.body(), "x"))
                .isInstanceOf(Forged.class);
        Posted unsigned = new Posted(URI.create(genuine.url()), Map.of(), bytes(genuine.body()));
        assertThat(webhooks.status().read(unsigned, NOW)).isInstanceOf(Forged.class);
        assertThat(read(new TwilioWebhooks(null).status(), genuine)).isInstanceOf(Forged.class);
    }

    @Test
    void readsOfARepeatedFieldWhatWasSigned() {
        call.become("ringing");
        SignedCallback genuine = Callbacks.status(call);
        String doubled = genuine.body() + "&CallStatus=busy";

        Told told = (Told) read(webhooks.status(), genuine.url(), doubled, genuine.signature());

        assertThat(told.report().stage()).isEqualTo(new Reached(Progress.RINGING));
    }

    @Test
    void looksPastThePortThatAProxyDrops() {
        SignedCallback genuine = Callbacks.status(call);
        String url = genuine.url().replaceFirst("call_id=[^&]*", "call_id=EL_1_T10:30:00Z");
        String withPort = url.replace("example.com/", "example.com:443/");
        String signature = Signatures.of(FakeTwilio.AUTH_TOKEN, withPort, genuine.form());

        assertThat(read(webhooks.status(), url, genuine.body(), signature))
                .isInstanceOf(Told.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&&=&",
                "%",
                "%zz=1",
                "CallStatus=busy",
                "CallSid=CA1",
                "CallSid=two+words&CallStatus=busy&AnsweredBy=human"
                        + "&RecordingStatus=completed&RecordingUrl=https%3A%2F%2Fx",
                "{\"CallSid\":\"CA1\"}",
                "\u0000=\u0000"
            })
    void isNotFooledByWhatIsNoCallback(String body) {
        for (WebhookReader reader : readers()) {
            assertThat(read(reader, "https://x.example.com/y", body, signature(body)))
                    .isInstanceOf(Unreadable.class);
        }
    }

    @Test
    void survivesAnyBody() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String genuine = Callbacks.recording(call, "completed").body();
        for (int i = 0; i < 5_000; i++) {
            StringBuilder mutated = new StringBuilder(genuine);
            for (int j = random.nextInt(20); j >= 0; j--) {
                mutated.setCharAt(random.nextInt(mutated.length()), (char) random.nextInt(0x180));
            }
            String body = mutated.toString();
            for (WebhookReader reader : readers()) {
                assertThat(read(reader, "https://x.example.com/y", body, signature(body)))
                        .as("seed %d, body %s", seed, body)
                        .isNotNull();
            }
        }
    }

    private WebhookReader[] readers() {
        return new WebhookReader[] {
            webhooks.status(), webhooks.machineDetection(), webhooks.recording()
        };
    }

    private static String signature(String body) {
        return Signatures.of(
                FakeTwilio.AUTH_TOKEN, "https://x.example.com/y", Form.read(body).orElse(Map.of()));
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
}
