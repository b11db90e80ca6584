package linekeeper.http;

import io.helidon.common.concurrency.limits.FixedLimit;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http1.Http1Config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;

/// The running API.
public final class ApiServer {
    private static final int BODY_LIMIT = 1 << 20;

    /// A body above its limit is read on up to this size and dropped, so that its sender gets to read
    /// the answer.
    private static final long READ_AT_MOST = 16L * BODY_LIMIT;

    private static final int MAX_REQUEST_LINE = 8_192;
    private static final int MAX_HEADERS = 16_384;

    /// Well below the usual limit of open files: Helidon's listener ends for good when it cannot accept.
    private static final int MAX_CONNECTIONS = 8_192;

    private static final Duration QUEUE_TIMEOUT = Duration.ofSeconds(5);

    /// For connections on which nothing is under way any more.
    private static final Duration GRACE = Duration.ofMillis(200);

    private final WebServer server;
    private final Draining draining;
    private final Duration drain;

    private ApiServer(WebServer server, Draining draining, Duration drain) {
        this.server = server;
        this.draining = draining;
        this.drain = drain;
    }

    /// Listens from now on.
    ///
    /// @throws UncheckedIOException it cannot listen there; the message says why
    public static ApiServer start(ApiSettings settings, ApiServices services) {
        requireFree(settings.host(), settings.port());
        RequestIds ids = new RequestIds(services.ids());
        Draining draining = new Draining();
        HttpRouting.Builder routing = HttpRouting.builder().addFilter(ids).addFilter(draining);
        register(routing, settings, services);
        WebServer server = server(settings, routing, ids).start();
        if (!server.isRunning()) {
            throw cannotListen(settings.host(), settings.port(), new IOException("see the log"));
        }
        return new ApiServer(server, draining, settings.drain());
    }

    /// Helidon tells its log when it cannot listen, and goes on without.
    private static void requireFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw cannotListen(host, port, e);
        }
    }

    private static UncheckedIOException cannotListen(String host, int port, IOException why) {
        return new UncheckedIOException(
                "Cannot listen on " + host + ":" + port + ": " + why.getMessage(), why);
    }

    private static WebServer server(
            ApiSettings settings, HttpRouting.Builder routing, RequestIds ids) {
        return WebServer.builder()
                .host(settings.host())
                .port(settings.port())
                .routing(routing)
                .directHandlers(EarlyErrors.handlers(ids))
                .maxPayloadSize(READ_AT_MOST)
                .concurrencyLimit(limit(settings.maxRequests()))
                .maxTcpConnections(MAX_CONNECTIONS)
                .connectionOptions(new PatientSockets(settings.patience()))
                // Else the default HTTP/1.1 is there as well, and Helidon drops what neither knows
                // for its own instead of answering 400.
                .protocolsDiscoverServices(false)
                .addProtocol(
                        Http1Config.builder()
                                .maxPrologueLength(MAX_REQUEST_LINE)
                                // It takes a colon in a query for malformed, as every instant has
                                // one.
                                .validatePrologue(false)
                                .maxHeadersSize(MAX_HEADERS)
                                .build())
                .shutdownGracePeriod(GRACE)
                .shutdownHook(false)
                .build();
    }

    /// Where it listens.
    public int port() {
        return server.port();
    }

    /// Takes no more requests and returns once the running ones are answered, or their time is over.
    public void stop() {
        draining.drain(drain);
        server.stop();
    }

    private static FixedLimit limit(int requests) {
        return FixedLimit.builder()
                .permits(requests)
                .queueLength(requests)
                .queueTimeout(QUEUE_TIMEOUT)
                .build();
    }

    private static void register(
            HttpRouting.Builder routing, ApiSettings settings, ApiServices services) {
        Authentication authentication =
                new Authentication(
                        services.access(), settings.adminKey(), Loopback.isHost(settings.host()));
        Api api = new Api(new Routes(), authentication, body(settings), services);
        resources(api, settings).forEach(routing::register);
        routing.any(api.routes().unmatched());
    }

    private static Body body(ApiSettings settings) {
        return new Body(new BoundedReader(BODY_LIMIT, settings.patience(), System::nanoTime));
    }

    private static List<HttpService> resources(Api api, ApiSettings settings) {
        return List.of(
                new OutboundCalls(api),
                new InitiateCalls(api),
                new DriverCalls(api),
                new ContactBook(api),
                new LeadList(api),
                new JobList(api),
                new QueueStatus(api),
                new CallRecords(api),
                new CallTimeline(api),
                new CallWait(api),
                new CallTranscript(api),
                new CallCancels(api),
                new CallRemovals(api),
                new CallAnalytics(api),
                new SlotReleases(api),
                new SlotList(api),
                new CampaignSetup(api),
                new AgentSetup(api),
                new ProviderList(api),
                new AdminAccounts(api),
                new AdminKeys(api),
                new ProviderWebhooks(api, settings),
                new TranscriptHook(api, settings),
                new MetricsPage(api),
                new ResultWebhook(api),
                new Notifications(api),
                new Health(api));
    }
}
