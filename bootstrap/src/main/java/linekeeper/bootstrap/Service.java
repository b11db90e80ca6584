package linekeeper.bootstrap;

import linekeeper.application.ArchiveCalls;
import linekeeper.application.CallEngine;
import linekeeper.application.CreateLead;
import linekeeper.application.IssueKeys;
import linekeeper.application.port.CallObserver;
import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.StoreUnavailable;
import linekeeper.application.port.WebhookReader;
import linekeeper.bootstrap.settings.Settings;
import linekeeper.domain.AccountId;
import linekeeper.http.ApiServer;
import linekeeper.http.ApiServices;
import linekeeper.http.ApiSettings;
import linekeeper.http.metrics.Metrics;
import linekeeper.persistence.Database;
import linekeeper.persistence.PostgresStores;
import linekeeper.telephony.bolna.BolnaReports;
import linekeeper.telephony.elevenlabs.ElevenLabsWebhooks;
import linekeeper.telephony.simulated.SimulatedReports;
import linekeeper.telephony.twilio.TwilioWebhooks;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// The whole service: database, use cases, threads, web server, in this order; stopped in the reverse.
/// Killed at any moment it loses nothing that it answered (I1, I5).
public final class Service {
    private static final Logger LOG = System.getLogger(Service.class.getName());
    private static final Duration REVIVAL = Duration.ofSeconds(1);
    private static final Duration LEADS = Duration.ofSeconds(1);
    private static final int MOST_ROUNDS = 50;

    private final Storage storage;
    private final PostgresStores stores;
    private final Metrics metrics;
    private final CallEngine.Store store;
    private final Results results;
    private final Engine engine;
    private final ApiServer server;
    private volatile boolean stopping;

    private Service(Storage storage, Settings settings, @Nullable Rig rig) {
        this.storage = storage;
        this.stores = storage.stores(settings);
        this.metrics =
                new Metrics(
                        stores.figures(),
                        settings.provider(),
                        settings.dial().stale(),
                        new MicrosClock());
        this.store = stores.engine().withCalls(metrics.timed(stores.engine().calls()));
        this.results = new Results(stores, settings, metrics.noticeObserver());
        this.engine = new Engine(store, settings, observer(rig), results::tell, rig);
        engine.start();
        results.start(engine.duties());
        engine.duties().every(REVIVAL, "embedded database", this::revive);
        engine.duties().every(LEADS, "leads", this::makeLeads);
        archive(settings);
        this.server = listen(settings);
    }

    private ApiServer listen(Settings settings) {
        try {
            return ApiServer.start(api(settings), services(settings));
        } catch (RuntimeException e) {
            stopping = true;
            stopWork();
            throw e;
        }
    }

    /// Answers requests once this returns.
    public static Service start(Settings settings) {
        return start(settings, null);
    }

    /// @param rig for a measurement; null: none
    public static Service start(Settings settings, @Nullable Rig rig) {
        Storage storage = Storage.open(settings.store());
        try {
            return new Service(storage, settings, rig);
        } catch (RuntimeException e) {
            storage.close();
            throw e;
        }
    }

    public int port() {
        return server.port();
    }

    /// The use cases.
    public CallEngine calls() {
        return engine.calls();
    }

    /// What was asked of the database since the start.
    public Database.Work work() {
        return storage.work();
    }

    private CallObserver observer(@Nullable Rig rig) {
        return rig == null ? metrics.observer() : new Both(metrics.observer(), rig);
    }

    /// Stops giving out slots, answers what is being asked, lets dials bind and deliveries end, and
    /// ends.
    public void stop() {
        stopping = true;
        engine.quiesce();
        server.stop();
        stopWork();
        storage.close();
    }

    private void stopWork() {
        try {
            engine.stop();
            results.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ApiSettings api(Settings settings) {
        return ApiSettings.on(settings.web().host(), settings.web().port())
                .withSecrets(settings.secrets().adminKey(), settings.secrets().bolnaToken())
                .withToolToken(settings.secrets().toolToken())
                .reachedUnder(settings.web().publicUrl());
    }

    private ApiServices services(Settings settings) {
        MicrosClock clock = new MicrosClock();
        return new ApiServices(
                engine.calls(),
                new ApiServices.Records(
                        store.calls(),
                        store.queue(),
                        store.slots(),
                        store.transcripts(),
                        stores.analytics(),
                        stores.campaigns()),
                new ApiServices.Access(
                        stores.accounts(),
                        stores.apiKeys(),
                        new IssueKeys(
                                stores.accounts(), stores.apiKeys(), new SecureRandom(), clock)),
                new ApiServices.People(
                        stores.contacts(), stores.leads(), stores.jobs(), stores.driverRequests()),
                results.services(),
                webhooks(settings),
                metrics,
                this::obstacle,
                UUID::randomUUID,
                clock);
    }

    private static Map<String, WebhookReader> webhooks(Settings settings) {
        TwilioWebhooks twilio = new TwilioWebhooks(settings.twilio().account());
        return Map.of(
                "bolna", unsigned(BolnaReports::read),
                "elevenlabs", new ElevenLabsWebhooks(settings.elevenLabs()),
                "simulated", unsigned(SimulatedReports::read),
                "twilio/status", twilio.status(),
                "twilio/amd", twilio.machineDetection(),
                "twilio/recording", twilio.recording());
    }

    private static WebhookReader unsigned(Function<byte[], Optional<ExecutionReport>> reader) {
        return (posted, now) -> WebhookReader.Reading.of(reader.apply(posted.body()));
    }

    private Optional<String> obstacle() {
        if (stopping) {
            return Optional.of("stopping");
        }
        try {
            stores.accounts().find(AccountId.DEFAULT);
            return Optional.empty();
        } catch (StoreUnavailable e) {
            return Optional.of("the database does not answer");
        }
    }

    private void makeLeads() {
        MicrosClock clock = new MicrosClock();
        CreateLead createLead = new CreateLead(stores.jobs(), store.calls(), stores.leads());
        inRounds(() -> createLead.runOnce(clock.instant()).full());
    }

    private void archive(Settings settings) {
        Duration age = settings.store().archiveAfter();
        if (age != null) {
            MicrosClock clock = new MicrosClock();
            ArchiveCalls archive = new ArchiveCalls(stores.archive(), age);
            engine.duties()
                    .every(
                            settings.sweepInterval(),
                            "archive",
                            () -> inRounds(() -> archive.runOnce(clock.instant()).more()));
        }
    }

    /// Until there is no more to do, within bounds, so that the duty ends when the service does.
    private void inRounds(BooleanSupplier round) {
        boolean more = true;
        for (int rounds = 0; more && !stopping && rounds < MOST_ROUNDS; rounds++) {
            more = round.getAsBoolean();
        }
    }

    private void revive() throws IOException {
        if (!stopping && storage.revive()) {
            LOG.log(Level.WARNING, "the embedded database had died and was started again");
        }
    }
}
