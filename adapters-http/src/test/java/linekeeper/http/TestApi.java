package linekeeper.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;

import linekeeper.application.CallEngine;
import linekeeper.application.DialRules;
import linekeeper.application.IssueKeys;
import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.HoldingTimes;
import linekeeper.application.port.Providers;
import linekeeper.application.port.WebhookReader;
import linekeeper.application.world.MemoryStores;
import linekeeper.domain.AccountId;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.account.Limits;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.Progress;
import linekeeper.domain.call.RetryPolicy;
import linekeeper.domain.queue.HoldingTime;
import linekeeper.domain.queue.Inflow;
import linekeeper.http.metrics.Metrics;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/// A really started server over fakes, and a client for it.
final class TestApi implements AutoCloseable {
    static final Instant NOW = Instant.parse("2025-11-21T10:30:00Z");
    static final String ADMIN_KEY = "the-admin-key";
    static final String BOLNA_TOKEN = "hook-token";
    static final String TOOL_TOKEN = "tool-token";

    final FakeCalls calls = new FakeCalls();
    final FakeAccess access = new FakeAccess();
    volatile boolean leadsRefused;
    final MemoryStores stores = new MemoryStores(Limits.of(100, 2), number -> leadsRefused);
    final FakeResults results = new FakeResults(() -> now());
    final FakeTranscripts transcripts = new FakeTranscripts();
    final FakeAnalytics analytics = new FakeAnalytics();
    final FakeFigures figures = new FakeFigures();
    private final HttpClient client = HttpClient.newHttpClient();
    private final ApiServer server;
    private volatile Readiness readiness = Optional::empty;
    private volatile Instant now = NOW;

    private TestApi(UnaryOperator<ApiSettings> settings) {
        server = ApiServer.start(settings.apply(ApiSettings.on("127.0.0.1", 0)), services());
    }

    /// Without any key: on loopback everybody is the administrator.
    static TestApi keyless() {
        return new TestApi(
                settings -> settings.withSecrets(null, BOLNA_TOKEN).withToolToken(TOOL_TOKEN));
    }

    static TestApi withAdminKey() {
        return new TestApi(settings -> settings.withSecrets(ADMIN_KEY, null));
    }

    private Instant now() {
        return now;
    }

    void advance(Duration time) {
        now = now.plus(time);
    }

    void notReadyBecause(String why) {
        readiness = () -> Optional.of(why);
    }

    /// Has `/observe/health/ready` ask this.
    void readiness(Readiness probe) {
        readiness = probe;
    }

    /// Answers one request at a time and lets one wait.
    static TestApi narrow() {
        return new TestApi(
                s ->
                        new ApiSettings(
                                s.host(),
                                s.port(),
                                null,
                                null,
                                null,
                                s.publicUrl(),
                                1,
                                Duration.ofSeconds(30),
                                s.patience()));
    }

    /// Narrow too, and drops who is silent for long.
    static TestApi impatient() {
        return new TestApi(
                s ->
                        new ApiSettings(
                                s.host(),
                                s.port(),
                                null,
                                null,
                                null,
                                s.publicUrl(),
                                1,
                                s.drain(),
                                Duration.ofMillis(300)));
    }

    int port() {
        return server.port();
    }

    static TestApi at(int port) {
        return new TestApi(s -> ApiSettings.on("127.0.0.1", port));
    }

    static TestApi on(String host) {
        return new TestApi(s -> ApiSettings.on(host, 0));
    }

    CompletableFuture<Answer> getLater(String path) {
        return client.sendAsync(request(path).build(), BodyHandlers.ofByteArray())
                .thenApply(Answer::new);
    }

    void stop() {
        server.stop();
    }

    Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    Answer post(String path, String json, String... headers) {
        return send("POST", path, json, headers);
    }

    Answer send(String method, String path, @Nullable String json, String... headers) {
        if (json == null) {
            return send(request(path, headers).method(method, BodyPublishers.noBody()));
        }
        HttpRequest.Builder request = request(path).setHeader("Content-Type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return send(request.method(method, BodyPublishers.ofString(json)));
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request;
    }

    Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(client.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Sends bytes as they are and returns all that comes back.
    String raw(String bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        // In this order, for the server waits a while for connections that are still open.
        client.close();
        server.stop();
    }

    private ApiServices services() {
        InstantSource clock = () -> now;
        FakeDesk desk = new FakeDesk(calls, 2);
        Metrics metrics = new Metrics(figures, FakeProvider.NAME, DialRules.DEFAULT.stale(), clock);
        CallEngine engine =
                CallEngine.over(
                        new CallEngine.Store(
                                desk,
                                desk,
                                metrics.timed(calls),
                                desk,
                                access,
                                new NothingObserved(),
                                new NothingParked(),
                                transcripts,
                                now -> {}),
                        new CallEngine.Surroundings(
                                new Providers(List.of(new FakeProvider())),
                                FakeProvider.NAME,
                                new NobodyDials(),
                                account -> {},
                                metrics.observer(),
                                DialRules.DEFAULT,
                                RetryPolicy.DEFAULT,
                                clock));
        return new ApiServices(
                engine,
                new ApiServices.Records(
                        metrics.timed(calls),
                        desk,
                        desk,
                        transcripts,
                        analytics,
                        stores.campaigns()),
                new ApiServices.Access(
                        access,
                        access,
                        new IssueKeys(access, access, new SplittableRandom(7), clock)),
                new ApiServices.People(
                        stores.contacts(), stores.leads(), stores.jobs(), stores.driverRequests()),
                results.services(),
                Map.of(
                        "bolna", TestApi::ringing,
                        "simulated", TestApi::ringing,
                        "twilio/status", TestApi::ringing,
                        "twilio/amd", TestApi::ignored,
                        "twilio/recording", TestApi::forged),
                metrics,
                () -> readiness.obstacle(),
                UUID::randomUUID,
                clock);
    }

    private static WebhookReader.Reading ignored(WebhookReader.Posted posted, Instant now) {
        return new WebhookReader.Ignored("of " + posted.url().getQuery());
    }

    private static WebhookReader.Reading forged(WebhookReader.Posted posted, Instant now) {
        return new WebhookReader.Forged("wrong signature");
    }

    /// The body is the execution's id.
    private static WebhookReader.Reading ringing(WebhookReader.Posted posted, Instant now) {
        String id = new String(posted.body(), StandardCharsets.UTF_8);
        return WebhookReader.Reading.of(
                Optional.of(id)
                        .filter(text -> !text.isBlank())
                        .map(
                                text ->
                                        new ExecutionReport(
                                                new ExecutionId(FakeProvider.NAME, text),
                                                null,
                                                new ExecutionReport.Reached(Progress.RINGING),
                                                CallFacts.NONE)));
    }

    /// What came back.
    record Answer(HttpResponse<byte[]> response) {
        int status() {
            return response.statusCode();
        }

        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        JsonObject json() {
            return StrictJson.object(response.body());
        }

        void assertProblem(int status) {
            assertThat(status()).isEqualTo(status);
            assertThat(header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(header("X-Request-Id")).isNotEmpty();
            assertThat(json().getInt("status")).isEqualTo(status);
            assertThat(json()).containsKeys("type", "title", "detail");
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    private static final class NothingObserved implements HoldingTimes {
        @Override
        public HoldingTime of(AccountId account) {
            return HoldingTime.PRIOR;
        }

        @Override
        public Inflow inflow(AccountId account, Instant now) {
            return Inflow.NONE;
        }
    }
}
