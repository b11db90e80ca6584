package linekeeper.bootstrap.settings;

import linekeeper.application.DialRules;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.RetryPolicy;
import linekeeper.domain.notice.DeliverySchedule;
import linekeeper.domain.queue.Rate;
import linekeeper.persistence.Coordinates;
import linekeeper.telephony.bolna.BolnaProvider;
import linekeeper.telephony.bolna.BolnaSettings;
import linekeeper.telephony.elevenlabs.ElevenLabsProvider;
import linekeeper.telephony.elevenlabs.ElevenLabsSettings;
import linekeeper.telephony.simulated.SimulatedProvider;
import linekeeper.telephony.simulated.SimulatedSettings;
import linekeeper.telephony.twilio.TwilioProvider;
import linekeeper.telephony.twilio.TwilioSettings;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Everything that can be set (`docs/operations.md` has the table).
///
/// @param retries for calls whose campaign has no rules of its own
/// @param sweepInterval between two rounds of mending and tidying
public record Settings(
        Web web,
        Store store,
        DialRules dial,
        RetryPolicy retries,
        Limits limits,
        ProviderName provider,
        SimulatedSettings simulated,
        BolnaSettings bolna,
        ElevenLabsSettings elevenLabs,
        TwilioSettings twilio,
        Secrets secrets,
        Results results,
        Duration sweepInterval) {

    /// @param port 0: any free one
    /// @param publicUrl under which providers reach us, without a slash at its end
    public record Web(String host, int port, String publicUrl) {}

    /// @param given a PostgreSQL of the user's; null: the embedded one in `folder`
    /// @param pool connections kept open
    /// @param historyKept how long timelines and notices are kept; null: for ever
    /// @param archiveAfter how long after their end calls are archived; null: never
    public record Store(
            @Nullable Coordinates given,
            Path folder,
            int pool,
            @Nullable Duration historyKept,
            @Nullable Duration archiveAfter) {
        /// Nothing is archived.
        public Store(
                @Nullable Coordinates given,
                Path folder,
                int pool,
                @Nullable Duration historyKept) {
            this(given, folder, pool, historyKept, null);
        }
    }

    /// How customers' backends are told.
    ///
    /// @param privateAllowed whether they may have private addresses; null: while no key exists and
    ///     only loopback is listened to
    public record Results(DeliverySchedule schedule, @Nullable Boolean privateAllowed) {}

    /// Never printed.
    public record Secrets(
            @Nullable String adminKey, @Nullable String bolnaToken, @Nullable String toolToken) {
        @Override
        public String toString() {
            return "***";
        }
    }

    private static final Duration SHORTEST_HISTORY = Duration.ofDays(31);

    /// Longer than any provider goes on telling of a call.
    private static final Duration SOONEST_ARCHIVED = Duration.ofDays(7);

    private static final int MAX_PORT = 65_535;
    private static final int MAX_LIMIT = 100_000;
    private static final int MAX_POOL = 50;

    /// This process's settings.
    ///
    /// @throws InvalidSettings naming everything that is wrong
    public static Settings ofProcess() {
        return read(Source.ofProcess());
    }

    static Settings read(Source source) {
        Reader reader = new Reader(source);
        reader.reserved("LINEKEEPER_JAVA_OPTS"); // The launcher's own.
        Duration timeout = reader.duration("LINEKEEPER_DIAL_TIMEOUT", Duration.ofSeconds(15));
        Web web = web(reader);
        DialRules dial = dialRules(reader, timeout);
        Settings settings =
                new Settings(
                        web,
                        store(reader),
                        dial,
                        RetrySettings.read(reader),
                        limits(reader),
                        provider(reader),
                        simulated(reader),
                        bolna(reader, timeout),
                        ElevenLabsReader.read(reader, dial),
                        TwilioReader.read(reader, web.publicUrl(), dial.grace()),
                        new Secrets(
                                reader.text("LINEKEEPER_ADMIN_KEY"),
                                reader.text("LINEKEEPER_BOLNA_WEBHOOKTOKEN"),
                                reader.text("LINEKEEPER_ELEVENLABS_TOOLTOKEN")),
                        results(reader),
                        reader.duration("LINEKEEPER_SWEEP_INTERVAL", Duration.ofSeconds(15)));
        if (settings.sweepInterval.toMillis() < 1) {
            reader.complain("LINEKEEPER_SWEEP_INTERVAL must be above zero");
        }
        reader.finish();
        return settings;
    }

    private static Web web(Reader reader) {
        int port = reader.integer("SERVER_PORT", 8080, 0, MAX_PORT);
        URI url = reader.url("LINEKEEPER_PUBLIC_URL", URI.create("http://127.0.0.1:" + port));
        return new Web(
                reader.text("SERVER_HOST", "127.0.0.1"),
                port,
                url.toString().replaceAll("/+$", ""));
    }

    private static Results results(Reader reader) {
        List<Duration> waits =
                reader.durations("LINEKEEPER_NOTIFY_SCHEDULE", DeliverySchedule.DEFAULT.waits());
        Boolean privateAllowed = reader.flag("LINEKEEPER_WEBHOOK_PRIVATE");
        try {
            return new Results(new DeliverySchedule(waits), privateAllowed);
        } catch (IllegalArgumentException e) {
            reader.complain("LINEKEEPER_NOTIFY_SCHEDULE: " + e.getMessage());
            return new Results(DeliverySchedule.DEFAULT, privateAllowed);
        }
    }

    private static Store store(Reader reader) {
        String url = reader.text("LINEKEEPER_DATABASE_URL");
        String user = reader.text("LINEKEEPER_DATABASE_USER", "linekeeper");
        String password = reader.text("LINEKEEPER_DATABASE_PASSWORD", "");
        if (url != null && !url.startsWith("jdbc:postgresql:")) {
            reader.complain("LINEKEEPER_DATABASE_URL must begin with jdbc:postgresql:");
        }
        return new Store(
                url == null ? null : new Coordinates(url, user, password),
                Path.of(reader.text("LINEKEEPER_DATA", ".linekeeper")),
                reader.integer("LINEKEEPER_DATABASE_POOL", 8, 1, MAX_POOL),
                age(reader, "LINEKEEPER_HISTORY_KEEP", SHORTEST_HISTORY),
                age(reader, "LINEKEEPER_ARCHIVE_AFTER", SOONEST_ARCHIVED));
    }

    private static @Nullable Duration age(Reader reader, String name, Duration least) {
        if (reader.text(name) == null) {
            return null;
        }
        Duration age = reader.duration(name, least);
        if (age.compareTo(least) < 0) {
            reader.complain(name + " must be at least P" + least.toDays() + "D");
        }
        return age;
    }

    private static DialRules dialRules(Reader reader, Duration timeout) {
        Duration grace = reader.duration("LINEKEEPER_DIAL_GRACE", Duration.ofSeconds(60));
        Duration horizon = reader.duration("LINEKEEPER_DIAL_HORIZON", Duration.ofMinutes(10));
        Duration stale = reader.duration("LINEKEEPER_CALL_STALE", Duration.ofMinutes(10));
        try {
            return new DialRules(timeout, grace, horizon, stale, DialRules.DEFAULT_PUT_BACK);
        } catch (IllegalArgumentException e) {
            reader.complain(
                    "LINEKEEPER_DIAL_TIMEOUT, _GRACE, _HORIZON, LINEKEEPER_CALL_STALE: "
                            + e.getMessage());
            return DialRules.DEFAULT;
        }
    }

    private static Limits limits(Reader reader) {
        Map<ProviderName, Integer> providers = new HashMap<>();
        Map<ProviderName, Rate> rates = new HashMap<>();
        for (ProviderName name :
                Set.of(
                        SimulatedProvider.NAME,
                        BolnaProvider.NAME,
                        ElevenLabsProvider.NAME,
                        TwilioProvider.NAME)) {
            String prefix = "LINEKEEPER_" + name.value().toUpperCase(Locale.ROOT);
            if (reader.text(prefix + "_LIMIT") != null) {
                providers.put(name, reader.integer(prefix + "_LIMIT", MAX_LIMIT, 0, MAX_LIMIT));
            }
            Rate rate = reader.rate(prefix + "_CPS");
            if (rate != null) {
                rates.put(name, rate);
            }
        }
        return new Limits(
                reader.integer("LINEKEEPER_LIMIT_SYSTEM", 1_000, 0, MAX_LIMIT),
                reader.integer("LINEKEEPER_LIMIT_ACCOUNT", 2, 0, MAX_LIMIT),
                providers,
                rates);
    }

    private static ProviderName provider(Reader reader) {
        String name = reader.text("LINEKEEPER_PROVIDER", "simulated");
        if (!Set.of("simulated", "bolna", "elevenlabs", "twilio").contains(name)) {
            reader.complain("LINEKEEPER_PROVIDER must be simulated, bolna, elevenlabs or twilio");
            return SimulatedProvider.NAME;
        }
        return new ProviderName(name);
    }

    private static SimulatedSettings simulated(Reader reader) {
        return new SimulatedSettings(
                reader.duration("LINEKEEPER_SIMULATED_DURATION", Duration.ofSeconds(3)),
                0,
                reader.share("LINEKEEPER_SIMULATED_ANSWERRATE", 0.8),
                reader.duration("LINEKEEPER_SIMULATED_LATENCY", Duration.ofMillis(100)));
    }

    private static BolnaSettings bolna(Reader reader, Duration timeout) {
        URI url = reader.url("LINEKEEPER_BOLNA_URL", BolnaSettings.DEFAULT_URL);
        return new BolnaSettings(
                url,
                reader.text("LINEKEEPER_BOLNA_APIKEY"),
                reader.text("LINEKEEPER_BOLNA_AGENT"),
                reader.text("LINEKEEPER_BOLNA_FROM"),
                timeout);
    }
}
