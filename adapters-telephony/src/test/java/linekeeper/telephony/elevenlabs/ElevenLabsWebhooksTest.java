package linekeeper.telephony.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.application.port.ExecutionReport.Over;
import linekeeper.application.port.WebhookReader.Forged;
import linekeeper.application.port.WebhookReader.Ignored;
import linekeeper.application.port.WebhookReader.Posted;
import linekeeper.application.port.WebhookReader.Reading;
import linekeeper.application.port.WebhookReader.Told;
import linekeeper.application.port.WebhookReader.Unreadable;
import linekeeper.domain.call.Outcome;
import linekeeper.telephony.elevenlabs.fake.SignedEvents;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Who may tell us what, and what of it concerns us (I3).
final class ElevenLabsWebhooksTest {
    private static final String SECRET = "wsec_test_secret";
    private static final Instant NOW = Instant.ofEpochSecond(1795166270);
    private static final byte[] SAMPLE = Samples.bytes("post_call_transcription");
    private static final String SAMPLE_SIGNED =
            "t=1795166266,v0=d672ef1195dfbfafd29d3c27562cd740e0a2e12bf80c188eb66e20ab1ebfa66a";

    @Test
    void takesWhatTheProvidersOwnLibraryTakes() {
        assertThat(SAMPLE).hasSize(3069);
        assertThat(read(SECRET, SAMPLE_SIGNED, SAMPLE, NOW)).isInstanceOf(Told.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "test_secret | {\"event_type\": \"speech.completed\", \"id\": \"123456\"} |"
                        + " f65e00fe824dda0ca7a2cf30eac69d3235e134a25b397f09a43a11780843e774",
                "wsec_test_secret |"
                    + " {\"type\":\"post_call_transcription\",\"event_timestamp\":1739537297,\"data\":{\"conversation_id\":\"conv_1\"}}"
                    + " | bee1c1912a978dccb1658eee70eda674d985b3054962e550896b0aa87b9b289f"
            })
    void agreesWithTheKnownSignatures(String secret, String body, String digest) {
        Instant signed = Instant.ofEpochSecond(1739537297);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String header = "t=1739537297,v0=" + digest;

        assertThat(read(secret, header, bytes, signed)).isInstanceOf(Unreadable.class);
        assertThat(read(secret + "x", header, bytes, signed)).isInstanceOf(Forged.class);
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1800, true", "1801, false", "1860, false", "-300, true", "-301, false"})
    void believesNothingOldAndLittleFromTheFuture(long ageSeconds, boolean taken) {
        Instant now = Instant.ofEpochSecond(1795166266).plusSeconds(ageSeconds);

        assertThat(read(SECRET, SAMPLE_SIGNED, SAMPLE, now) instanceof Told).isEqualTo(taken);
    }

    @Test
    void noticesAChangedByte() {
        for (int i = 0; i < SAMPLE.length; i += 97) {
            byte[] tampered = SAMPLE.clone();
            tampered[i] ^= 1;
            assertThat(read(SECRET, SAMPLE_SIGNED, tampered, NOW)).isInstanceOf(Forged.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "t=",
                "t=1795166266",
                "v0=d672ef1195dfbfafd29d3c27562cd740e0a2e12bf80c188eb66e20ab1ebfa66a",
                "t=1795166266,v0=",
                "t=1795166266,v0=d672",
                "t=1795166266,v1=d672ef1195dfbfafd29d3c27562cd740e0a2e12bf80c188eb66e20ab1ebfa66a",
                "t=1795166267,v0=d672ef1195dfbfafd29d3c27562cd740e0a2e12bf80c188eb66e20ab1ebfa66a",
                "t=+1795166266,v0=d672ef1195dfbfafd29d3c27562cd740e0a2e12bf80c188eb66e20ab1ebfa66a",
                "t=1795166266,t=1795166266,v0=d672ef1195dfbfafd29d3c27562cd740e0a2e12bf80c188eb66e20ab1ebfa66a",
                "t=99999999999999999999,v0=d672ef1195dfbfafd29d3c27562cd740e0a2e12bf80c188eb66e20ab1ebfa66a",
                "t=١٧٩٥١٦٦٢٦٦,v0=d672ef1195dfbfafd29d3c27562cd740e0a2e12bf80c188eb66e20ab1ebfa66a"
            })
    void isNotFooledByAHeaderOfAnotherShape(String header) {
        assertThat(read(SECRET, header, SAMPLE, NOW)).isInstanceOf(Forged.class);
    }

    @Test
    void wantsAHeader() {
        Posted unsigned = new Posted(URI.create("https://us.test/"), Map.of(), SAMPLE);

        assertThat(reader(SECRET).read(unsigned, NOW)).isInstanceOf(Forged.class);
    }

    @Test
    void takesAnyOfSeveralSignaturesAndSecrets() {
        String wrong = "v0=" + "0".repeat(64);
        String right = SAMPLE_SIGNED.substring(SAMPLE_SIGNED.indexOf("v0="));
        String several = "t=1795166266, %s, %s".formatted(wrong, right);

        assertThat(read(SECRET, several, SAMPLE, NOW)).isInstanceOf(Told.class);
        for (List<String> secrets :
                List.of(List.of("wsec_new", SECRET), List.of(SECRET, "wsec_old"))) {
            assertThat(reader(secrets).read(posted(SAMPLE_SIGNED, SAMPLE), NOW))
                    .isInstanceOf(Told.class);
        }
        assertThat(
                        reader(List.of("wsec_new", "wsec_newer"))
                                .read(posted(SAMPLE_SIGNED, SAMPLE), NOW))
                .isInstanceOf(Forged.class);
    }

    @Test
    void looksAtABoundedNumberOfSignatures() {
        String right = SAMPLE_SIGNED.substring(SAMPLE_SIGNED.indexOf("v0="));
        String many = ("v0=" + "0".repeat(64) + ",").repeat(8);

        assertThat(read(SECRET, "t=1795166266," + many + right, SAMPLE, NOW))
                .isInstanceOf(Forged.class);
    }

    @Test
    void believesNobodyWithoutASecret() {
        assertThat(reader(List.of()).read(posted(SAMPLE_SIGNED, SAMPLE), NOW))
                .isEqualTo(new Forged("No webhook secret is configured"));
    }

    @Test
    void tellsOfInitiationFailures() {
        Reading reading =
                signed(
                        new String(
                                Samples.bytes("call_initiation_failure_twilio"),
                                StandardCharsets.UTF_8));

        assertThat(((Told) reading).report().stage()).isEqualTo(new Over(new Outcome.NoAnswer()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "post_call_audio",
                "answering_machine_detection",
                "unredacted_transcript",
                "something_of_next_year"
            })
    void passesOverWhatDoesNotConcernACallsCourse(String type) {
        assertThat(signed("{\"type\":\"%s\",\"data\":{\"conversation_id\":\"c\"}}".formatted(type)))
                .isEqualTo(new Ignored(type));
        assertThat(signed("{\"type\":\"%s\"}".formatted(type))).isEqualTo(new Ignored(type));
    }

    @Test
    void letsNoEventsNameWriteLinesInTheLog() {
        assertThat(signed("{\"type\":\"a\\nb\"}")).isEqualTo(new Ignored("a?b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "7",
                "{}",
                "{\"type\":null}",
                "{\"type\":\"post_call_transcription\"}",
                "{\"type\":\"post_call_transcription\",\"data\":[]}",
                "{\"type\":\"call_initiation_failure\",\"data\":{\"failure_reason\":\"busy\"}}"
            })
    void saysThatItCannotReadWhatItShouldBeAbleTo(String body) {
        assertThat(signed(body)).isInstanceOf(Unreadable.class);
    }

    @Test
    void survivesAnyBytesAtAll() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] body = new byte[random.nextInt(300)];
            random.nextBytes(body);
            String header = SignedEvents.signature(SECRET, NOW, body);
            assertThat(read(SECRET, header, body, NOW))
                    .as("seed %d", seed)
                    .isInstanceOf(Unreadable.class);
            assertThat(read(SECRET, new String(body, StandardCharsets.ISO_8859_1), SAMPLE, NOW))
                    .as("seed %d", seed)
                    .isInstanceOf(Forged.class);
        }
        for (int i = 0; i < 2_000; i++) {
            String event =
                    Samples.mutated(Samples.json("post_call_transcription"), random).toString();
            assertThat(signed(event)).as("seed %d: %s", seed, event).isNotInstanceOf(Forged.class);
        }
    }

    private static Reading signed(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Instant at = NOW.minus(Duration.ofMinutes(3));
        return read(SECRET, SignedEvents.signature(SECRET, at, bytes), bytes, NOW);
    }

    private static Reading read(String secret, String header, byte[] body, Instant now) {
        return reader(secret).read(posted(header, body), now);
    }

    private static Posted posted(String header, byte[] body) {
        return new Posted(
                URI.create("https://us.test/webhooks/elevenlabs"),
                Map.of("elevenlabs-signature", header),
                body);
    }

    private static ElevenLabsWebhooks reader(String secret) {
        return reader(List.of(secret));
    }

    private static ElevenLabsWebhooks reader(List<String> secrets) {
        return new ElevenLabsWebhooks(
                new ElevenLabsSettings(
                        ElevenLabsSettings.DEFAULT_URL,
                        null,
                        null,
                        null,
                        Trunk.TWILIO,
                        secrets,
                        Duration.ZERO));
    }
}
