package linekeeper.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import linekeeper.application.DialRules;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.CallStatus;
import linekeeper.domain.call.RetryPolicy;
import linekeeper.domain.notice.DeliverySchedule;
import linekeeper.domain.queue.Rate;
import linekeeper.persistence.Coordinates;
import linekeeper.telephony.bolna.BolnaSettings;
import linekeeper.telephony.elevenlabs.ElevenLabsSettings;
import linekeeper.telephony.elevenlabs.Trunk;
import linekeeper.telephony.simulated.SimulatedSettings;
import linekeeper.telephony.twilio.MachineDetection;
import linekeeper.telephony.twilio.TwilioAccount;
import linekeeper.telephony.twilio.TwilioSettings;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every setting, its default and its complaint (contract 8).
final class SettingsTest {
    @Test
    void hasADefaultForEverything() {
        Settings settings = read(Map.of());

        assertThat(settings.web())
                .isEqualTo(new Settings.Web("127.0.0.1", 8080, "http://127.0.0.1:8080"));
        assertThat(settings.store())
                .isEqualTo(new Settings.Store(null, Path.of(".linekeeper"), 8, null, null));
        assertThat(settings.dial()).isEqualTo(DialRules.DEFAULT);
        assertThat(settings.limits()).isEqualTo(Limits.of(1000, 2));
        assertThat(settings.provider()).isEqualTo(new ProviderName("simulated"));
        assertThat(settings.simulated())
                .isEqualTo(
                        new SimulatedSettings(
                                Duration.ofSeconds(3), 0, 0.8, Duration.ofMillis(100)));
        assertThat(settings.bolna())
                .isEqualTo(
                        new BolnaSettings(
                                BolnaSettings.DEFAULT_URL,
                                null,
                                null,
                                null,
                                Duration.ofSeconds(15)));
        assertThat(settings.elevenLabs())
                .isEqualTo(
                        new ElevenLabsSettings(
                                ElevenLabsSettings.DEFAULT_URL,
                                null,
                                null,
                                null,
                                Trunk.TWILIO,
                                List.of(),
                                Duration.ofSeconds(90)));
        assertThat(settings.secrets()).isEqualTo(new Settings.Secrets(null, null, null));
        assertThat(settings.results())
                .isEqualTo(new Settings.Results(DeliverySchedule.DEFAULT, null));
        assertThat(settings.twilio())
                .isEqualTo(
                        new TwilioSettings(
                                TwilioSettings.DEFAULT_URL,
                                null,
                                TwilioSettings.Defaults.NONE,
                                "http://127.0.0.1:8080",
                                Duration.ofSeconds(90)));
        assertThat(settings.sweepInterval()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void readsEverySetting() {
        Map<String, String> all = new HashMap<>();
        all.put("SERVER_HOST", "0.0.0.0");
        all.put("SERVER_PORT", "9090");
        all.put("LINEKEEPER_DATABASE_URL", "jdbc:postgresql://db/linekeeper");
        all.put("LINEKEEPER_DATABASE_USER", "me");
        all.put("LINEKEEPER_DATABASE_PASSWORD", "pw");
        all.put("LINEKEEPER_DATABASE_POOL", "3");
        all.put("LINEKEEPER_DATA", "/data");
        all.put("LINEKEEPER_PUBLIC_URL", "https://calls.test/");
        all.put("LINEKEEPER_HISTORY_KEEP", "P400D");
        all.put("LINEKEEPER_ARCHIVE_AFTER", "P90D");
        all.put("LINEKEEPER_ADMIN_KEY", "admin");
        all.put("LINEKEEPER_PROVIDER", "bolna");
        all.put("LINEKEEPER_LIMIT_SYSTEM", "10");
        all.put("LINEKEEPER_LIMIT_ACCOUNT", "5");
        all.put("LINEKEEPER_BOLNA_URL", "https://bolna.test");
        all.put("LINEKEEPER_BOLNA_APIKEY", "bn-1");
        all.put("LINEKEEPER_BOLNA_AGENT", "agent");
        all.put("LINEKEEPER_BOLNA_FROM", "+14155550100");
        all.put("LINEKEEPER_BOLNA_WEBHOOKTOKEN", "token");
        all.put("LINEKEEPER_ELEVENLABS_TOOLTOKEN", "tool");
        all.put("LINEKEEPER_BOLNA_LIMIT", "7");
        all.put("LINEKEEPER_BOLNA_CPS", "2.5");
        all.put("LINEKEEPER_ELEVENLABS_URL", "https://eleven.test");
        all.put("LINEKEEPER_ELEVENLABS_APIKEY", "sk-1");
        all.put("LINEKEEPER_ELEVENLABS_AGENT", "agent_1");
        all.put("LINEKEEPER_ELEVENLABS_PHONENUMBERID", "phnum_1");
        all.put("LINEKEEPER_ELEVENLABS_TRUNK", "sip");
        all.put("LINEKEEPER_ELEVENLABS_WEBHOOKSECRET", "wsec_new, wsec_old,");
        all.put("LINEKEEPER_ELEVENLABS_LIMIT", "9");
        all.put("LINEKEEPER_ELEVENLABS_CPS", "0.5");
        all.put("LINEKEEPER_TWILIO_URL", "https://twilio.test");
        all.put("LINEKEEPER_TWILIO_ACCOUNTSID", "AC0123456789abcdef0123456789abcdef");
        all.put("LINEKEEPER_TWILIO_AUTHTOKEN", "hush");
        all.put("LINEKEEPER_TWILIO_FROM", "+14155550100");
        all.put("LINEKEEPER_TWILIO_VOICEURL", "https://voice.test/twiml?a=b");
        all.put("LINEKEEPER_TWILIO_AMD", "detect_message_end");
        all.put("LINEKEEPER_TWILIO_RECORD", "true");
        all.put("LINEKEEPER_TWILIO_LIMIT", "9");
        all.put("LINEKEEPER_TWILIO_CPS", "1");
        all.put("LINEKEEPER_SIMULATED_DURATION", "PT1S");
        all.put("LINEKEEPER_SIMULATED_ANSWERRATE", "0.5");
        all.put("LINEKEEPER_SIMULATED_LATENCY", "PT0S");
        all.put("LINEKEEPER_SIMULATED_LIMIT", "8");
        all.put("LINEKEEPER_DIAL_TIMEOUT", "PT1S");
        all.put("LINEKEEPER_DIAL_GRACE", "PT2S");
        all.put("LINEKEEPER_DIAL_HORIZON", "PT3S");
        all.put("LINEKEEPER_CALL_STALE", "PT4S");
        all.put("LINEKEEPER_SWEEP_INTERVAL", "PT5S");
        all.put("LINEKEEPER_NOTIFY_SCHEDULE", "PT1S, PT2S");
        all.put("LINEKEEPER_WEBHOOK_PRIVATE", "true");

        Settings settings = read(all);

        assertThat(settings.web())
                .isEqualTo(new Settings.Web("0.0.0.0", 9090, "https://calls.test"));
        assertThat(settings.store())
                .isEqualTo(
                        new Settings.Store(
                                new Coordinates("jdbc:postgresql://db/linekeeper", "me", "pw"),
                                Path.of("/data"),
                                3,
                                Duration.ofDays(400),
                                Duration.ofDays(90)));
        assertThat(settings.limits())
                .isEqualTo(
                        new Limits(
                                10,
                                5,
                                Map.of(
                                        new ProviderName("bolna"),
                                        7,
                                        new ProviderName("elevenlabs"),
                                        9,
                                        new ProviderName("simulated"),
                                        8,
                                        new ProviderName("twilio"),
                                        9),
                                Map.of(
                                        new ProviderName("bolna"),
                                        Rate.perSecond("2.5"),
                                        new ProviderName("elevenlabs"),
                                        Rate.perSecond("0.5"),
                                        new ProviderName("twilio"),
                                        Rate.perSecond("1"))));
        assertThat(settings.bolna())
                .isEqualTo(
                        new BolnaSettings(
                                URI.create("https://bolna.test"),
                                "bn-1",
                                "agent",
                                "+14155550100",
                                Duration.ofSeconds(1)));
        assertThat(settings.elevenLabs())
                .isEqualTo(
                        new ElevenLabsSettings(
                                URI.create("https://eleven.test"),
                                "sk-1",
                                "agent_1",
                                "phnum_1",
                                Trunk.SIP,
                                List.of("wsec_new", "wsec_old"),
                                Duration.ofSeconds(3)));
        assertThat(settings.twilio())
                .isEqualTo(
                        new TwilioSettings(
                                URI.create("https://twilio.test"),
                                new TwilioAccount("AC0123456789abcdef0123456789abcdef", "hush"),
                                new TwilioSettings.Defaults(
                                        "+14155550100",
                                        URI.create("https://voice.test/twiml?a=b"),
                                        MachineDetection.DETECT_MESSAGE_END,
                                        true),
                                "https://calls.test",
                                Duration.ofSeconds(3)));
        assertThat(settings.simulated())
                .isEqualTo(new SimulatedSettings(Duration.ofSeconds(1), 0, 0.5, Duration.ZERO));
        assertThat(settings.secrets()).isEqualTo(new Settings.Secrets("admin", "token", "tool"));
        assertThat(settings.results())
                .isEqualTo(
                        new Settings.Results(
                                new DeliverySchedule(
                                        List.of(Duration.ofSeconds(1), Duration.ofSeconds(2))),
                                true));
        assertThat(settings.dial().grace()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.dial().horizon()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.dial().stale()).isEqualTo(Duration.ofSeconds(4));
        assertThat(settings.sweepInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.toString()).doesNotContain("bn-1", "token", "sk-1", "wsec", "hush");
    }

    @Test
    void tellsEverythingThatIsWrongAtOnce() {
        assertThatThrownBy(
                        () ->
                                read(
                                        Map.of(
                                                "SERVER_PORT", "http",
                                                "LINEKEEPER_DIAL_TIMEOUT", "15s",
                                                "LINEKEEPER_DATABASE_URL", "postgres://x",
                                                "LINEKEEPER_PROVIDER", "carrier",
                                                "LINEKEEPER_ELEVENLABS_TRUNK", "isdn",
                                                "LINEKEEPER_SIMULATED_ANSWERRATE", "2",
                                                "LINEKEEPER_LIMIT_ACOUNT", "3",
                                                "LINEKEEPER_NOTIFY_SCHEDULE", "PT5S,soon",
                                                "LINEKEEPER_WEBHOOK_PRIVATE", "yes")))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("SERVER_PORT must be a whole number")
                .hasMessageContaining("LINEKEEPER_DIAL_TIMEOUT must be an ISO-8601 duration")
                .hasMessageContaining("LINEKEEPER_DATABASE_URL must begin with jdbc:postgresql:")
                .hasMessageContaining(
                        "LINEKEEPER_PROVIDER must be simulated, bolna, elevenlabs or twilio")
                .hasMessageContaining("LINEKEEPER_ELEVENLABS_TRUNK must be twilio or sip")
                .hasMessageContaining(
                        "LINEKEEPER_SIMULATED_ANSWERRATE must be a number from 0 to 1")
                .hasMessageContaining("LINEKEEPER_NOTIFY_SCHEDULE must be ISO-8601 durations")
                .hasMessageContaining("LINEKEEPER_WEBHOOK_PRIVATE must be true or false")
                .hasMessageContaining("LINEKEEPER_LIMIT_ACOUNT is not a setting");
    }

    @Test
    void wantsAWholeTwilioAccount() {
        assertThatThrownBy(
                        () ->
                                read(
                                        Map.of(
                                                "LINEKEEPER_TWILIO_ACCOUNTSID", "SK1",
                                                "LINEKEEPER_TWILIO_AMD", "yes",
                                                "LINEKEEPER_TWILIO_RECORD", "1",
                                                "LINEKEEPER_TWILIO_VOICEURL", "voice")))
                .hasMessageContaining(
                        "LINEKEEPER_TWILIO_ACCOUNTSID and LINEKEEPER_TWILIO_AUTHTOKEN go together")
                .hasMessageContaining("LINEKEEPER_TWILIO_ACCOUNTSID must be AC and 32")
                .hasMessageContaining("LINEKEEPER_TWILIO_AMD must be off, enable or")
                .hasMessageContaining("LINEKEEPER_TWILIO_RECORD must be true or false")
                .hasMessageContaining("LINEKEEPER_TWILIO_VOICEURL must be an http or https URL");
    }

    @Test
    void readsWhenACallIsTriedAgain() {
        assertThat(read(Map.of()).retries()).isEqualTo(RetryPolicy.DEFAULT);
        Settings settings =
                read(
                        Map.of(
                                "LINEKEEPER_RETRY_BUSY", "PT10M",
                                "LINEKEEPER_RETRY_NOANSWER", "none",
                                "LINEKEEPER_RETRY_VOICEMAIL", "P2D",
                                "LINEKEEPER_RETRY_FAILED", "none"));

        assertThat(settings.retries())
                .isEqualTo(
                        new RetryPolicy(
                                Map.of(
                                        CallStatus.BUSY,
                                        RetryPolicy.doubling(Duration.ofMinutes(10)),
                                        CallStatus.VOICEMAIL,
                                        RetryPolicy.doubling(Duration.ofDays(2)))));
        for (String wrong : new String[] {"PT0S", "P31D"}) {
            assertThatThrownBy(() -> read(Map.of("LINEKEEPER_RETRY_BUSY", wrong)))
                    .hasMessageContaining("LINEKEEPER_RETRY_BUSY must be from PT1S to P30D");
        }
        assertThatThrownBy(() -> read(Map.of("LINEKEEPER_RETRY_BUSY", "5m")))
                .hasMessageContaining("LINEKEEPER_RETRY_BUSY must be an ISO-8601 duration");
    }

    @Test
    void archivesNothingThatMayStillBeHeardOf() {
        assertThatThrownBy(() -> read(Map.of("LINEKEEPER_ARCHIVE_AFTER", "P6D")))
                .hasMessageContaining("LINEKEEPER_ARCHIVE_AFTER must be at least P7D");
        assertThatThrownBy(() -> read(Map.of("LINEKEEPER_HISTORY_KEEP", "P30D")))
                .hasMessageContaining("LINEKEEPER_HISTORY_KEEP must be at least P31D");
    }

    @Test
    void wantsTheGraceToOutlastTheTimeout() {
        assertThatThrownBy(() -> read(Map.of("LINEKEEPER_DIAL_GRACE", "PT15S")))
                .hasMessageContaining("grace must be longer than the dial timeout");
    }

    @Test
    void prefersPropertiesToTheEnvironmentAndThatToTheFile() {
        Source source =
                new Source(
                        Map.of("SERVER_PORT", "2", "LINEKEEPER_LIMIT_ACCOUNT", "2"),
                        name -> Optional.ofNullable(Map.of("server.port", "1").get(name)),
                        name ->
                                Optional.ofNullable(
                                        Map.of(
                                                        "linekeeper.limit.account",
                                                        "3",
                                                        "linekeeper.limit.system",
                                                        "3")
                                                .get(name)));

        Settings settings = Settings.read(source);

        assertThat(settings.web().port()).isEqualTo(1);
        assertThat(settings.limits()).isEqualTo(Limits.of(3, 2));
    }

    private static Settings read(Map<String, String> environment) {
        return Settings.read(
                new Source(environment, name -> Optional.empty(), name -> Optional.empty()));
    }
}
